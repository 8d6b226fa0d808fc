package clics

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"judge/problems"
	"judge/problems/safefile"
)

// Bounds of an event feed. Runs are skipped.
const (
	mostLine = 64 << 20
	mostKept = 256 << 20 // bytes of the objects that are kept
)

// event is a line of an event feed. Each version of the API has its own form of it.
type event struct {
	Type     string          `json:"type"`     // not in 2021-11
	Endpoint string          `json:"endpoint"` // 2021-11: absent for the contest
	ID       json.RawMessage `json:"id"`       // 2020-03: of the event; later: of the object, or null
	Op       string          `json:"op"`       // 2020-03: create, update or delete
	Data     json.RawMessage `json:"data"`     // null: deleted
}

// feed is the content of an event feed, event by event replaced.
type feed struct {
	file  string
	line  int
	lists map[string][]*object      // in the order of their creation; deleted ones are nil
	index map[string]map[string]int // of objects in lists, by id
	kept  int                       // bytes
}

// readFeed reads the event feed of a package.
func (p *pack) readFeed() (map[string][]*object, error) {
	file, err := p.root.Open(p.feed)
	if err != nil {
		return nil, &problems.Error{File: p.message(p.feed), Msg: safefile.Reason(err), Hint: "make the file readable"}
	}
	defer file.Close()
	return parseFeed(p.message(p.feed), file)
}

// parseFeed reads an event feed.
func parseFeed(name string, from io.Reader) (map[string][]*object, error) {
	f := &feed{file: name, lists: map[string][]*object{}, index: map[string]map[string]int{}}
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, mostLine)
	for lines.Scan() {
		f.line++
		line := bytes.TrimPrefix(bytes.TrimSpace(lines.Bytes()), []byte("\ufeff"))
		if len(line) == 0 {
			continue // a feed has empty lines to keep the connection open
		}
		if err := f.take(line); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		f.line++
		return nil, f.fault(fmt.Sprintf("the line is longer than %d MiB", mostLine>>20), "write one event a line")
	} else if err != nil {
		return nil, f.fault(err.Error(), "make the file readable")
	}
	for endpoint, list := range f.lists {
		f.lists[endpoint] = slices.DeleteFunc(list, func(o *object) bool { return o == nil })
	}
	return f.lists, nil
}

func (f *feed) fault(msg, hint string) error {
	return &problems.Error{File: f.file, Line: f.line, Msg: msg, Hint: hint}
}

// take applies one event.
func (f *feed) take(line []byte) error {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		return f.fault("no valid event: "+err.Error(), `write one event a line: {"type": ..., "id": ..., "data": ...}`)
	}
	endpoint := e.Type
	if endpoint == "" {
		endpoint = e.Endpoint
	}
	if endpoint == "" || endpoint == "contests" {
		endpoint = "contest"
	}
	if !slices.Contains(wanted(), endpoint) {
		return nil
	}
	data := compact(e.Data)
	if f.kept += len(data); f.kept > mostKept {
		return f.fault(fmt.Sprintf("the objects have more than %d MiB", mostKept>>20), "leave out what is not needed")
	}
	at := place{file: f.file, line: f.line, pointer: "/data"}
	switch {
	case len(data) == 0 || string(data) == "null":
		f.remove(endpoint, idOf(e.ID))
	case data[0] == '[':
		return f.replaceAll(endpoint, at, data)
	default:
		o, err := newObject(at, data)
		if err != nil {
			return err
		}
		f.put(endpoint, o, e)
	}
	return nil
}

// put applies an event about one object.
func (f *feed) put(endpoint string, o *object, e event) {
	id := idOf(o.members["id"])
	if id == "" && e.Op == "" {
		id = idOf(e.ID)
	}
	if e.Op == "delete" {
		f.remove(endpoint, id)
		return
	}
	if endpoint == "contest" {
		id = "" // there is only one
	}
	if f.index[endpoint] == nil {
		f.index[endpoint] = map[string]int{}
	}
	if i, ok := f.index[endpoint][id]; ok {
		f.lists[endpoint][i] = o
		return
	}
	f.index[endpoint][id] = len(f.lists[endpoint])
	f.lists[endpoint] = append(f.lists[endpoint], o)
}

// remove applies an event about an object that has been deleted.
func (f *feed) remove(endpoint, id string) {
	if i, ok := f.index[endpoint][id]; ok {
		f.lists[endpoint][i] = nil
		delete(f.index[endpoint], id)
	}
}

// replaceAll applies an event about a whole collection.
func (f *feed) replaceAll(endpoint string, at place, data []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil {
		return f.fault("no valid event: "+err.Error(), jsonHint)
	}
	f.lists[endpoint], f.index[endpoint] = []*object{}, map[string]int{}
	for i, raw := range list {
		at.pointer = fmt.Sprintf("/data/%d", i)
		o, err := newObject(at, raw)
		if err != nil {
			return err
		}
		f.put(endpoint, o, event{})
	}
	return nil
}

// idOf returns an id as a text.
func idOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	return strings.TrimSpace(string(raw))
}

// compact returns JSON without blanks.
func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return raw
	}
	return b.Bytes()
}
