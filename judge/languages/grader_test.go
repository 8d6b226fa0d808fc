package languages

import (
	"slices"
	"testing"
)

func namesOf(files []File) []string {
	var names []string
	for _, f := range files {
		names = append(names, f.Name+"="+string(f.Data))
	}
	return names
}

func TestGraderIsAddedToTheSubmission(t *testing.T) {
	table := mustLoad(t, "")
	grader := []File{{Name: "grader.x", Data: []byte("G")}, {Name: "task.h", Data: []byte("H")}}
	rows := []struct {
		what, language, name string
		given, want          []string // name and data by turns; name=data
	}{
		{"the submission gets its name", "cpp", "task", []string{"my solution.cc", "S"}, []string{"grader.x=G", "task.h=H", "task.cc=S"}},
		{"or keeps its own", "cpp", "", []string{"a.cpp", "S"}, []string{"grader.x=G", "task.h=H", "a.cpp=S"}},
		{"a file without an extension gets one", "python3", "task", []string{"solution", "S"}, []string{"grader.x=G", "task.h=H", "task.py=S"}},
		{"a public class does not decide", "java", "task", []string{"a.java", "public class Other {}"}, []string{"grader.x=G", "task.h=H", "task.java=public class Other {}"}},
		{"several files keep their names", "cpp", "task", []string{"a.cpp", "A", "b.cpp", "B"}, []string{"grader.x=G", "task.h=H", "a.cpp=A", "b.cpp=B"}},
		{"the grader's files are its own", "cpp", "task", []string{"task.cpp", "S", "task.h", "fake", "grader.x", "fake"}, []string{"grader.x=G", "task.h=H", "task.cpp=S"}},
	}
	for _, row := range rows {
		l, _ := table.Lookup(row.language)
		with := l.WithGrader(submission(row.given...), row.name, grader)
		if got := namesOf(with.Files); !slices.Equal(got, row.want) || with.Start != "grader.x" {
			t.Errorf("%s: %q, started by %q; want %q", row.what, got, with.Start, row.want)
		}
	}
}

func TestTheGraderStartsTheProgram(t *testing.T) {
	table := mustLoad(t, "")
	for language, row := range map[string]struct{ name, text, want string }{
		"python3": {"grader.py", "", "grader.py"},
		"java":    {"Grader.java", "class Grader { public static void main(String[] args) {} }", "Grader"},
		"cpp":     {"grader.cpp", "", ""},
	} {
		l, _ := table.Lookup(language)
		s := l.WithGrader(submission("main"+l.Extensions[0], "class Main { public static void main(String[] args) {} }"), "", []File{{Name: row.name, Data: []byte(row.text)}})
		if got, err := l.Entry(s); err != nil || got != row.want {
			t.Errorf("%s: %q, %v; want %q", language, got, err, row.want)
		}
	}
}

func TestGraderOfARelatedLanguageIsUsed(t *testing.T) {
	table := mustLoad(t, "")
	for _, row := range []struct {
		language string
		ids      []string
		want     string
	}{
		{"cpp", []string{"c", "cpp"}, "cpp"}, {"cpp17", []string{"java", "cpp"}, "cpp"}, {"cpp17", []string{"cpp", "cpp17"}, "cpp17"},
		{"pypy3", []string{"python3"}, "python3"}, {"ruby", []string{"cpp", "python3"}, ""}, {"c", nil, ""},
	} {
		l, _ := table.Lookup(row.language)
		if got, ok := table.Nearest(l, row.ids); got != row.want || ok != (row.want != "") {
			t.Errorf("%s of %v: %q, want %q", row.language, row.ids, got, row.want)
		}
	}
}
