package read

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"judge/judge/contest"
)

// TestFaultsOfTables: a CSV's faults have the line.
func TestFaultsOfTables(t *testing.T) {
	const header = "id,team,problem,language,time,path\n"
	for _, row := range []struct{ key, csv, want string }{
		{"teams", "", "list.csv:1:1: empty: expected a header\nhint: begin with the line id,name,organization,groups,hidden"},
		{"teams", "id;name\n",
			"list.csv:1: fields are separated by \";\": expected commas\nhint: save the file as CSV with commas"},
		{"teams", "id\tname\n", "list.csv:1: fields are separated by \"\\t\": expected commas"},
		{"teams", "1,Lund\n",
			"list.csv:1: no header: expected id,name,organization,groups,hidden\n" +
				"hint: add the names of the columns as the first line"},
		{"teams", "id,nam\n", "list.csv:1: unknown column \"nam\"\nhint: did you mean \"name\"?"},
		{"teams", "id,id\n", "list.csv:1: the column id appears twice\nhint: remove one"},
		{"teams", "name\nx\n", "list.csv:1: no column id"},
		{"teams", "id,name\n1,a\n1,b\n", "list.csv:3: the team \"1\" appears twice: line 2 has it already\nhint: remove one"},
		{"teams", "id,name\n,a\n", "list.csv:2: a team without an id"},
		{"teams", "id,name\n1\n", "list.csv:2: 1 fields: expected 2, as in the header"},
		{"teams", "id,hidden\n\n1,maybe\n", "list.csv:3: hidden is \"maybe\": expected true or false"},
		{"teams", "id,name\n1,\"a\n", "list.csv:2: a field in quotes does not end"},
		{"teams", "id,name\n1,a\"b\n", "list.csv:2:4: a quote in a field without quotes"},
		{"teams", "id,name\n1,\x00\n", "list.csv:2: a zero byte: expected text"},
		{"teams", "id,name\n1,Malm\xf6\n", "list.csv:2: not UTF-8\nhint: save the file as CSV in UTF-8"},
		{"teams", "\xff\xfei\x00d\x00", "list.csv:1:1: UTF-16: expected UTF-8"},
		{"teams", "id,name\r1,a\r", "list.csv:1: line ends are carriage returns without line feeds"},
		{"teams", "id,name\n1,a\u202eb\n", "list.csv:2: \"a\\u202eb\" holds a character that cannot be printed"},

		{"submissions", "id,team,problem\n", "list.csv:1: no column path"},
		{"submissions", "id;team;problem;language;time;path\n", "list.csv:1: fields are separated by \";\": expected commas"},
		{"submissions", header + "1,t,C,cpp,0:00:01,a.c\n",
			"list.csv:2: no problem \"C\"\nhint: use one of A, alpha, B, beta"},
		{"submissions", header + "1,t,A,cpp,0:00:01,a.c\n1,t,A,cpp,0:00:01,a.c\n",
			"list.csv:3: the id \"1\" appears twice: line 2 has it already"},
		{"submissions", header + ",t,A,cpp,0:00:01,a.c\n", "list.csv:2: no id\nhint: write a value in the column id"},
		{"submissions", header + "1,,A,cpp,0:00:01,a.c\n", "list.csv:2: no team"},
		{"submissions", header + "1,t,A,cpp,0:00:01,\n", "list.csv:2: no path"},
		{"submissions", header + "1,t,A,cpp,soon,a.c\n",
			"list.csv:2: malformed time \"soon\"\nhint: write 1:02:03 since the start"},
		{"submissions", header + "1,t,A,cpp,12,a.c\n", "list.csv:2: malformed time \"12\""},
		{"submissions", header + "1,t,A,cpp,1772787600,a.c\n",
			"list.csv:2: a time of the calendar, but contest.yaml has no start_time"},
		{"submissions", header + "1,t,A,cpp,0:00:01,a.c\n2,t,A,cpp,,a.c\n",
			"list.csv:3: no time, though other rows have one"},
		{"submissions", header + "1,t,A,cpp,,a.c\n2,t,A,cpp,0:00:01,a.c\n",
			"list.csv:3: a time, though the first row has none"},
		{"submissions", header + "1,t,A,cpp,0:00:01,../a.c\n",
			"list.csv:2: the path \"../a.c\" leads out of the contest's directory"},
		{"submissions", header + "1,t,A,cpp,0:00:01,/etc/passwd\n",
			"list.csv:2: the path \"/etc/passwd\" leads out of the contest's directory"},
		{"submissions", header + "1,t,A,cpp,0:00:01,a.c,x\n", "list.csv:2: 7 fields: expected 6, as in the header"},
	} {
		dir := create(t, map[string]string{"contest.yaml": base + row.key + ": list.csv\n", "list.csv": row.csv})
		if got := errorOf(t, dir, dir); !strings.HasPrefix(got, row.want) {
			t.Errorf("%q:\nexpected %s\ngot      %s", row.csv, row.want, got)
		}
	}
	for yaml, want := range map[string]string{
		"teams: ../teams.csv":      "contest.yaml:3:8: \"../teams.csv\" leads out of the contest's directory",
		"teams: /etc/teams.csv":    "contest.yaml:3:8: \"/etc/teams.csv\" leads out of the contest's directory",
		"teams: team.csv":          "contest.yaml:3:8: no such file: \"team.csv\"\nhint: did you mean teams.csv?",
		"teams: teams.txt":         "contest.yaml:3:8: \"teams.txt\" is not a CSV",
		"teams: dir.csv":           "contest.yaml:3:8: \"dir.csv\": not a regular file",
		"teams: [a]":               "contest.yaml:3:8: expected a text, found a list",
		"submissions: gone.csv":    "contest.yaml:3:14: no such file: \"gone.csv\"",
		"submissions: ../gone.csv": "contest.yaml:3:14: \"../gone.csv\" leads out of the contest's directory",
		"submissions: link.csv":    "contest.yaml:3:14: \"link.csv\": a link leads out of the contest's directory",
		"problems: {A: link.csv}":  "contest.yaml:3:1: the key \"problems\" appears twice",
	} {
		dir := create(t, map[string]string{"contest.yaml": base + yaml + "\n", "teams.csv": "", "dir.csv/a": ""})
		if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link.csv")); err != nil {
			t.Fatal(err)
		}
		if got := errorOf(t, dir, dir); !strings.HasPrefix(got, want) {
			t.Errorf("%q:\nexpected %s\ngot      %s", yaml, want, got)
		}
	}
}

func TestTeams(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base + "teams: teams.csv\n",
		"teams.csv": "\ufeffid,name,organization,groups,hidden\r\n" +
			"t1,\"Lund, \"\"2\"\"\",Lund University,Students; North,\r\n" +
			"é1,Žluťoučký kůň,,Students,false\r\nt3,Guests,,,TRUE\r\n",
		"t1/A.c": "", "Lund, \"2\"/B.c": "", "Žluťoučký kůň/A.c": "", "👨‍👩‍👧 family/A.c": "", "t3/A.c": "",
	})
	c := open(t, dir)
	var got []string
	for _, team := range c.Teams {
		got = append(got, fmt.Sprintf("%s|%s|%s|%v|%v", team.ID, team.Name, team.Organization, team.Groups, team.Hidden))
		if !contest.ValidID(team.ID) {
			t.Errorf("%q is not an id", team.ID)
		}
	}
	want := []string{
		"_1-" + contest.ID("é1")[3:] + "|Žluťoučký kůň||[Students]|false",
		contest.ID("👨‍👩‍👧 family") + "|👨‍👩‍👧 family||[]|false",
		"t1|Lund, \"2\"|" + contest.ID("Lund University") + "|[Students North]|false",
		"t3|Guests||[]|true",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("expected\n%s\ngot\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	if len(c.Submissions) != 5 || len(c.Organizations) != 1 || c.Organizations[0].Name != "Lund University" ||
		len(c.Groups) != 2 {
		t.Errorf("got %s and %v and %v", listed(c), c.Organizations, c.Groups)
	}
	// A name in another normal form of Unicode is the same name.
	dir = create(t, map[string]string{
		"contest.yaml": base + "teams: teams.csv\n", "teams.csv": "id,name\n7,Lule\u00e5\n8,Two\n9,Two\n",
		"Lulea\u030a/A.c": "",
	})
	if c = open(t, dir); len(c.Teams) != 3 || c.Submissions[0].Team != "7" {
		t.Errorf("got %v", c.Teams)
	}
	writeFile(t, filepath.Join(dir, "Two/A.c"), "")
	if got := errorOf(t, dir, dir); !strings.HasPrefix(got,
		"Two/A.c: the team \"Two\" may be 8 or 9\nhint: write the team's id") {
		t.Errorf("got %s", got)
	}
}

func TestCSVOfSubmissions(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base + "start_time: 2027-03-06T10:00:00+01:00\nsubmissions: export/list.csv\n",
		"export/list.csv": "\ufeffid,team,problem,language,time,path,entry_point\r\n" +
			"2,\"Team, two\",b,C++,0:00:02.5,s/2.cpp,\r\n" +
			"10,one,A,java,2027-03-06T10:00:01+01:00,s/10,\"Main\"\r\n" +
			"1,one,alpha,,1804323600,gone.py,\r\n" +
			"x y,one,A,,2027-03-06 09:59:59,top.py,\r\n" +
			"3,one,A,,20270306T140000Z,s/link.c,\r\n4,one,A,,0:00:02.5,s/3.zip,\r\n5,one,A,,0:00:03,s/fifo.c,\r\n" +
			"6,one,A,,0:00:03,away/1.c,\r\n",
		"export/s/2.cpp": "", "export/s/10/Main.java": "", "top.py": "", "export/s/3.zip": "not a zip",
	})
	link(t, "/etc/passwd", filepath.Join(dir, "export/s/link.c"))
	link(t, "../problems", filepath.Join(dir, "export/away"))
	fifo(t, filepath.Join(dir, "export/s/fifo.c"))
	c := open(t, dir)
	want := `one A -1s top.py
one A 0s export/gone.py JE no such file
one A 1s export/s/10
Team, two B 2.5s export/s/2.cpp
one A 2.5s export/s/3.zip CE broken archive: not a valid zip file
one A 3s export/s/fifo.c CE not a regular file
one A 3s export/away/1.c JE no such file
one A 5h0m0s export/s/link.c CE a link: expected a file`
	want = strings.Replace(want, "one A 0s", fmt.Sprintf("one A %v", time.Unix(1804323600, 0).Sub(c.Start)), 1)
	got := strings.Split(listed(c), "\n")
	for _, line := range strings.Split(want, "\n") {
		if !strings.Contains(strings.Join(got, "\n")+"\n", line+"\n") {
			t.Errorf("expected %s in\n%s", line, strings.Join(got, "\n"))
		}
	}
	for i, s := range c.Submissions {
		if i > 0 && cmp.Compare(c.Submissions[i-1].Time, s.Time) > 0 || !s.At.Equal(c.Start.Add(s.Time)) {
			t.Errorf("got the time %v at %v", s.Time, s.At)
		}
		if s.Path == "export/s/10" && (s.Entry != "Main" || s.Language != "java" || s.ID != "10") {
			t.Errorf("got %+v", s)
		}
	}
	if len(c.Submissions) != 8 || !c.Timed {
		t.Errorf("got %s", listed(c))
	}
}

// TestCSVWithoutTimes: the order of the rows counts.
func TestCSVWithoutTimes(t *testing.T) {
	dir := create(t, map[string]string{
		"contest.yaml": base + "submissions: list.csv\n", "a.c": "",
		"list.csv": "path,id,team,problem\na.c,9,t,A\na.c,10,t,A\na.c,1,t,B\n",
	})
	c := open(t, dir)
	var ids []string
	for _, s := range c.Submissions {
		ids = append(ids, s.ID)
	}
	if c.Timed || strings.Join(ids, " ") != "9 10 1" {
		t.Errorf("got %v, timed %v", ids, c.Timed)
	}
}
