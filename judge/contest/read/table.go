package read

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"judge/problems"
	"judge/problems/strictyaml"
	"judge/problems/text"
)

// table is a CSV with a header.
type table struct {
	file    string // as the user named it
	columns map[string]int
	rows    []row
}

// row is a line of a table.
type row struct {
	line  int
	cells []string
}

// cell returns the value of a column; "" if the table does not have it.
func (t *table) cell(r row, column string) string {
	if i, ok := t.columns[column]; ok {
		return r.cells[i]
	}
	return ""
}

// fault returns an error in a row.
func (t *table) fault(r row, msg, hint string) error { return fault(t.file, r.line, 0, msg, hint) }

// layout is what the columns of a table are.
type layout struct {
	known, required []string
	most            int // rows
}

// tableOf reads a CSV: RFC 4180 with a header, in UTF-8.
func tableOf(file string, data []byte, of layout) (*table, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if err := plainText(file, data); err != nil {
		return nil, err
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, fault(file, 1, 1, "empty: expected a header", "begin with the line "+strings.Join(of.known, ","))
	}
	if err != nil {
		return nil, syntaxOf(file, err)
	}
	line, _ := reader.FieldPos(0)
	t := &table{file: file}
	if t.columns, err = columnsOf(file, line, header, of); err != nil {
		return nil, err
	}
	width := len(header)
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, syntaxOf(file, err)
		}
		line, _ := reader.FieldPos(0)
		r := row{line, make([]string, len(cells))}
		for i, cell := range cells {
			r.cells[i] = strings.TrimSpace(cell)
		}
		if len(t.rows) == of.most {
			return nil, t.fault(r, fmt.Sprintf("more than %d rows", of.most), "split the file")
		}
		if err := t.check(r, width); err != nil {
			return nil, err
		}
		t.rows = append(t.rows, r)
	}
}

// check returns an error for a row with too many or too few fields, or with characters that cannot be shown.
func (t *table) check(r row, width int) error {
	if len(r.cells) != width {
		return t.fault(r, fmt.Sprintf("%d fields: expected %d, as in the header", len(r.cells), width),
			"put a field that has commas in double quotes; leave a field empty rather than out")
	}
	for _, cell := range r.cells {
		if !text.IsName(cell) {
			return t.fault(r, strictyaml.Quote(cell)+" holds a character that cannot be printed", "remove it")
		}
	}
	return nil
}

// plainText refuses what is not the text of a CSV, with the line.
func plainText(file string, data []byte) error {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return fault(file, 1, 1, "UTF-16: expected UTF-8", "save the file as CSV in UTF-8")
	}
	lineOf := func(at int) int { return 1 + bytes.Count(data[:at], []byte("\n")) }
	if at := bytes.IndexByte(data, 0); at >= 0 {
		return fault(file, lineOf(at), 0, "a zero byte: expected text", "save the file as CSV in UTF-8")
	}
	if !utf8.Valid(data) {
		at := 0
		for at < len(data) {
			c, size := utf8.DecodeRune(data[at:])
			if c == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		return fault(file, lineOf(at), 0, "not UTF-8", "save the file as CSV in UTF-8")
	}
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(data, '\r') >= 0 {
		return fault(file, 1, 0, "line ends are carriage returns without line feeds", "save the file with LF or CR LF")
	}
	return nil
}

// syntaxOf describes what encoding/csv found.
func syntaxOf(file string, err error) error {
	found, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return fault(file, 0, 0, err.Error(), "save the file as CSV in UTF-8")
	}
	msg, hint := found.Err.Error(), "save the file as CSV again"
	line, col := found.Line, found.Column
	switch {
	case errors.Is(found.Err, csv.ErrQuote):
		msg, hint = `a field in quotes does not end: expected ", or a comma after it`, `write a quote in a field as ""`
		line, col = found.StartLine, 0
	case errors.Is(found.Err, csv.ErrBareQuote):
		msg, hint = `a quote in a field without quotes`, `put the field in double quotes, and write its quotes as ""`
	}
	return fault(file, line, col, msg, hint)
}

// columnsOf reads a header.
func columnsOf(file string, line int, header []string, of layout) (map[string]int, error) {
	columns := map[string]int{}
	for _, separator := range []string{";", "\t"} {
		if len(header) == 1 && strings.Contains(header[0], separator) {
			return nil, fault(file, line, 0, fmt.Sprintf("fields are separated by %q: expected commas", separator),
				"save the file as CSV with commas")
		}
	}
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		_, twice := columns[name]
		switch {
		case !slices.Contains(of.known, name) && len(columns) == 0 && i == 0 && !near(header, of.known):
			return nil, fault(file, line, 0, "no header: expected "+strings.Join(of.known, ","),
				"add the names of the columns as the first line")
		case !slices.Contains(of.known, name):
			msg := "unknown column " + strictyaml.Quote(name)
			return nil, fault(file, line, 0, msg, strictyaml.Suggest(name, of.known))
		case twice:
			return nil, fault(file, line, 0, "the column "+name+" appears twice", "remove one")
		}
		columns[name] = i
	}
	for _, name := range of.required {
		if _, ok := columns[name]; !ok {
			return nil, fault(file, line, 0, "no column "+name, "the columns are "+strings.Join(of.known, ","))
		}
	}
	return columns, nil
}

// near reports whether a first line looks like a header: one of its fields is a column, or nearly one.
func near(header, known []string) bool {
	return slices.ContainsFunc(header, func(name string) bool {
		return problems.Nearest(strings.ToLower(strings.TrimSpace(name)), known) != ""
	})
}
