package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"judge/isolate"
)

func TestParseChecksLines(t *testing.T) {
	for _, c := range []struct{ line, id, err string }{
		{`{"id":1,"cmd":["true"]}`, "1", ""},
		{`{"id":"a\\u0041","cmd":["true"],"time_limit":0.5,"memory":16}`, `"a\\u0041"`, ""},
		{`{"cmd":["true"]}`, "null", "id: expected a string or a number"},
		{`{"id":[1],"cmd":["true"]}`, "null", "id: expected a string or a number"},
		{`{"id":"` + strings.Repeat("x", 300) + `","cmd":["true"]}`, "null", "at most 256 bytes"},
		{`{"id":2}`, "2", "cmd: expected a list"},
		{`{"id":2,"cmd":"true"}`, "2", "cannot unmarshal string"},
		{`{"id":2,"cmd":["true"],"tme_limit":1}`, "2", `unknown field "tme_limit"`},
		{`{"id":2,"cmd":["true"]} {}`, "2", "one JSON object"},
		{`[]`, "null", "expected a JSON object"},
		{`x`, "null", "expected a JSON object"},
		{"{\"id\":2,\"cmd\":[\"true\"],\"stdin\":\"\xff\"}", "null", "not UTF-8"},
		{`{"id":2,"cmd":["true"],"stdin":"a","stdin_base64":"YQ=="}`, "2", "expected one of them"},
		{`{"id":2,"cmd":["true"],"stdin_base64":"?"}`, "2", "expected standard base64"},
		{`{"id":2,"cmd":["true"],"memory":0.5}`, "2", "memory: 0.5: expected a number from 1"},
		{`{"id":2,"cmd":["true"],"output":65}`, "2", "output: 65: expected a number from 0.001 to 64"},
		{`{"id":2,"cmd":["true"],"time_limit":-1}`, "2", "time_limit: -1"},
		{`{"id":2,"cmd":["true"],"get":["/etc/passwd"]}`, "2", "get: \"/etc/passwd\""},
		{`{"id":2,"cmd":["true"],"put":[{"name":"../x"}]}`, "2", "put: \"../x\""},
		{`{"id":2,"cmd":["true"],"put":[{"name":"x"},{"name":"x"}]}`, "2", "another file has this name"},
	} {
		j, err := parse([]byte(c.line), Spec{})
		if string(j.id) != c.id {
			t.Errorf("%.80s: id %s, expected %s", c.line, j.id, c.id)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%.80s: got %v, expected %q", c.line, err, c.err)
		}
	}
}

func TestLinesOverrideFlags(t *testing.T) {
	base := Spec{Limits: isolate.Limits{CPU: time.Second, Wall: 9 * time.Second, Memory: isolate.MiB}, Env: []string{"A=1"}}
	j, err := parse([]byte(`{"id":1,"cmd":["x"],"time_limit":2,"env":["B=2"],"chdir":"/usr"}`), base)
	if err != nil {
		t.Fatal(err)
	}
	l := j.spec.Limits
	if l.CPU != 2*time.Second || l.Wall != 0 || l.Memory != isolate.MiB || l.Output != output || l.Stderr != output {
		t.Errorf("limits: %+v", l)
	}
	if len(j.spec.Env) != 2 || j.spec.Chdir != "/usr" || len(base.Env) != 1 {
		t.Errorf("spec: %+v", j.spec)
	}
}

func TestLongLinesAreSkipped(t *testing.T) {
	text := strings.Repeat("x", maxLine+2) + "\nshort\nlast"
	r := bufio.NewReader(strings.NewReader(text))
	var got []string
	for {
		line, err := readLine(r)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line = []byte(err.Error())
		}
		got = append(got, string(line))
	}
	if len(got) != 3 || got[0] != errLong.Error() || got[1] != "short" || got[2] != "last" {
		t.Errorf("got %.200q", got)
	}
}

// FuzzParse: a line is refused, or asks for what a jail can give. Each way an answer is one line of JSON with its id.
func FuzzParse(f *testing.F) {
	for _, line := range []string{
		`{"id":1,"cmd":["true"]}`, `{"id":"x","cmd":["a","b"],"stdin":"y","put":[{"name":"a","content_base64":"AA=="}]}`,
		`{"id":1e400,"cmd":["true"],"memory":1e300,"processes":1}`, `null`, `{"id":null}`, "\x00", `{"id":-`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		j, err := parse(line, Spec{})
		message := ""
		if err != nil {
			message = err.Error()
		}
		reply := encoded(failure{j.id, message})
		var back failure
		if bytes.Count(reply, []byte("\n")) != 1 || json.Unmarshal(reply, &back) != nil {
			t.Fatalf("the answer is %q", reply)
		}
		if err != nil {
			return
		}
		l := j.spec.Limits
		if len(j.spec.Args) == 0 || min(l.CPU, l.Wall) < 0 || l.Processes < 0 || l.Output <= 0 || l.Output > maxOutput ||
			l.Memory < 0 || l.Stderr != l.Output {
			t.Fatalf("accepted: %+v", j.spec)
		}
		for _, file := range j.spec.Files {
			if !inWorkDir(file.Name) {
				t.Fatalf("accepted the file %q", file.Name)
			}
		}
	})
}
