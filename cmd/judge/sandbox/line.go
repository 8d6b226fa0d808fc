package sandbox

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"judge/isolate"
)

// Bounds of a line and of what one asks for.
const (
	maxLine   = 32 << 20         // bytes
	maxID     = 256              // bytes, as written
	maxOutput = 64 * isolate.MiB // of stdout, and of stderr
	output    = 8 * isolate.MiB  // unless the line or a flag says otherwise
	maxTime   = 24 * 60 * 60     // seconds
	maxMemory = 1 << 20          // MiB
	maxParts  = 10_000           // files to put or to get, paths to show
)

// request is a line as it is written.
type request struct {
	ID          json.RawMessage `json:"id"`
	Cmd         []string        `json:"cmd"`
	Stdin       string          `json:"stdin"`
	StdinBase64 string          `json:"stdin_base64"`
	Env         []string        `json:"env"`
	Put         []requestFile   `json:"put"`
	Get         []string        `json:"get"`
	See         []string        `json:"see"`
	Dir         []string        `json:"dir"`
	Chdir       string          `json:"chdir"`
	TimeLimit   float64         `json:"time_limit"` // seconds
	WallTime    float64         `json:"wall_time"`  // seconds
	Memory      float64         `json:"memory"`     // MiB
	Output      float64         `json:"output"`     // MiB
	Processes   int             `json:"processes"`
}

// requestFile is a file to put into the working directory.
type requestFile struct {
	Name          string `json:"name"`
	Content       string `json:"content"`
	ContentBase64 string `json:"content_base64"`
	Executable    bool   `json:"executable"`
}

// job is a request that has been checked.
type job struct {
	id    json.RawMessage
	spec  Spec
	stdin []byte
	get   []string
}

// errLong is the error for a line that is too long. It has been skipped.
var errLong = fmt.Errorf("line longer than %d MiB: show large files with see or dir", maxLine>>20)

// readLine returns the next line without its end, or errLong, or io.EOF.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine+1; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && (long || len(line) > 0), err == nil:
			if long {
				return nil, errLong
			}
			return bytes.TrimSuffix(line, []byte("\n")), nil
		default:
			return nil, err
		}
	}
}

// parse reads a line. base holds what flags ask for; the line adds to its lists and overrides its limits. The id of the
// result is set as far as it is known when there is an error, too.
func parse(line []byte, base Spec) (job, error) {
	j := job{id: json.RawMessage("null"), spec: base}
	if !utf8.Valid(line) {
		return j, errors.New("line that is not UTF-8: use the keys that end in _base64")
	}
	var r request
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&r)
	if id, ok := checkedID(r.ID); ok {
		j.id = id
	} else if err == nil {
		return j, fmt.Errorf("id: expected a string or a number of at most %d bytes", maxID)
	}
	if err != nil {
		return j, fmt.Errorf("expected a JSON object with known keys: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return j, errors.New("expected one JSON object on a line")
	}
	return j, j.fill(r, base)
}

// checkedID returns an id that can be repeated in an answer.
func checkedID(id json.RawMessage) (json.RawMessage, bool) {
	if len(id) == 0 || len(id) > maxID {
		return nil, false
	}
	return slices.Clone(id), id[0] == '"' || id[0] == '-' || id[0] >= '0' && id[0] <= '9'
}

// fill checks the values of a request.
func (j *job) fill(r request, base Spec) (err error) {
	switch {
	case len(r.Cmd) == 0 || r.Cmd[0] == "":
		return errors.New("cmd: expected a list with a program first")
	case max(len(r.Put), len(r.Get), len(r.See), len(r.Dir)) > maxParts:
		return fmt.Errorf("put, get, see, dir: expected at most %d entries", maxParts)
	}
	if j.stdin, err = content("stdin", r.Stdin, r.StdinBase64); err != nil {
		return err
	}
	if j.spec.Limits, err = r.limits(base.Limits); err != nil {
		return err
	}
	if j.spec.Files, err = r.files(base.Files); err != nil {
		return err
	}
	for _, name := range r.Get {
		if !inWorkDir(name) {
			return fmt.Errorf("get: %q is not a file in the working directory", name)
		}
	}
	j.get, j.spec.Args = r.Get, r.Cmd
	j.spec.Env = slices.Concat(base.Env, r.Env)
	j.spec.See = slices.Concat(base.See, r.See)
	j.spec.Dirs = slices.Concat(base.Dirs, r.Dir)
	if r.Chdir != "" {
		j.spec.Chdir = r.Chdir
	}
	return nil
}

func inWorkDir(name string) bool {
	return filepath.IsLocal(name) && name != "." && path.Clean(name) == name
}

// content returns the bytes of a text, or of its base64.
func content(key, plain, encoded string) ([]byte, error) {
	if encoded == "" {
		return []byte(plain), nil
	}
	if plain != "" {
		return nil, fmt.Errorf("%s and %s_base64: expected one of them", key, key)
	}
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("%s_base64: expected standard base64 with padding", key)
	}
	return data, nil
}

// files returns the files to put, those of flags first.
func (r request) files(base []isolate.File) ([]isolate.File, error) {
	all := slices.Clone(base)
	names := map[string]bool{}
	for _, f := range base {
		names[f.Name] = true
	}
	for _, f := range r.Put {
		if !inWorkDir(f.Name) || strings.ContainsRune(f.Name, 0) {
			return nil, fmt.Errorf("put: %q is not a file in the working directory", f.Name)
		}
		if names[f.Name] {
			return nil, fmt.Errorf("put: %q: another file has this name", f.Name)
		}
		names[f.Name] = true
		data, err := content("content", f.Content, f.ContentBase64)
		if err != nil {
			return nil, fmt.Errorf("put: %q: %w", f.Name, err)
		}
		all = append(all, isolate.File{Name: f.Name, Data: data, Executable: f.Executable})
	}
	return all, nil
}

// limits returns the limits of a request; 0 means that of a flag, or the default.
func (r request) limits(l isolate.Limits) (isolate.Limits, error) {
	for _, v := range [...]struct {
		key       string
		value     float64
		low, high float64
	}{
		{"time_limit", r.TimeLimit, 0.001, maxTime}, {"wall_time", r.WallTime, 0.001, maxTime},
		{"memory", r.Memory, 1, maxMemory}, {"output", r.Output, 0.001, float64(maxOutput / isolate.MiB)},
		{"processes", float64(r.Processes), 1, 1 << 15},
	} {
		if v.value != 0 && (v.value < v.low || v.value > v.high) {
			return l, fmt.Errorf("%s: %g: expected a number from %g to %g", v.key, v.value, v.low, v.high)
		}
	}
	set := func(to *time.Duration, value float64) {
		if value != 0 {
			*to = time.Duration(value * float64(time.Second))
		}
	}
	set(&l.CPU, r.TimeLimit)
	set(&l.Wall, r.WallTime)
	if r.TimeLimit != 0 && r.WallTime == 0 {
		l.Wall = 0 // it follows from the CPU time
	}
	if r.Memory != 0 {
		l.Memory = isolate.Bytes(r.Memory * float64(isolate.MiB))
	}
	if r.Output != 0 {
		l.Output = isolate.Bytes(r.Output * float64(isolate.MiB))
	} else if l.Output == 0 {
		l.Output = output
	}
	if r.Processes != 0 {
		l.Processes = r.Processes
	}
	l.Stderr = l.Output
	return l, nil
}
