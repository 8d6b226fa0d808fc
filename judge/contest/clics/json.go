package clics

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"judge/problems/text"
)

// builder builds a JSON object member by member, in order. An export has hundreds of thousands of objects, which
// reflection would slow down.
type builder struct{ data []byte }

// name begins a member.
func (b *builder) name(name string) {
	separator := byte(',')
	if len(b.data) == 0 {
		separator = '{'
	}
	b.data = append(append(append(b.data, separator, '"'), name...), `":`...)
}

// end returns the object. It is overwritten if the builder is used again.
func (b *builder) end() json.RawMessage {
	if len(b.data) == 0 {
		return json.RawMessage("{}")
	}
	return append(b.data, '}')
}

func (b *builder) raw(name string, value []byte) {
	b.name(name)
	b.data = append(b.data, value...)
}

func (b *builder) null(name string) { b.raw(name, []byte("null")) }

func (b *builder) text(name, value string) {
	b.name(name)
	b.data = appendText(b.data, value)
}

// textIf writes a text that is not empty.
func (b *builder) textIf(name, value string) {
	if value != "" {
		b.text(name, value)
	}
}

func (b *builder) flag(name string, value bool) {
	b.name(name)
	b.data = strconv.AppendBool(b.data, value)
}

func (b *builder) int(name string, value int) {
	b.name(name)
	b.data = strconv.AppendInt(b.data, int64(value), 10)
}

// number writes a number without an exponent.
func (b *builder) number(name string, value float64) {
	b.name(name)
	b.data = strconv.AppendFloat(b.data, value, 'f', -1, 64)
}

// seconds writes a duration in seconds, a multiple of 0.001.
func (b *builder) seconds(name string, d time.Duration) {
	b.number(name, float64(max(d, 0).Round(time.Millisecond).Milliseconds())/1000)
}

// moment writes a TIME.
func (b *builder) moment(name string, at time.Time) {
	b.name(name)
	b.data = append(appendMoment(append(b.data, '"'), at), '"')
}

// span writes a RELTIME.
func (b *builder) span(name string, d time.Duration) {
	b.name(name)
	b.data = append(appendSpan(append(b.data, '"'), d), '"')
}

// list writes a list of texts.
func (b *builder) list(name string, values []string) {
	b.name(name)
	b.data = append(b.data, '[')
	for i, value := range values {
		if i > 0 {
			b.data = append(b.data, ',')
		}
		b.data = appendText(b.data, value)
	}
	b.data = append(b.data, ']')
}

// appendMoment appends a TIME with milliseconds. Its zone has whole minutes.
func appendMoment(to []byte, at time.Time) []byte {
	if _, offset := at.Zone(); offset%60 != 0 || offset <= -20*3600 || offset >= 20*3600 {
		at = at.UTC()
	}
	return at.AppendFormat(to, "2006-01-02T15:04:05.000Z07:00")
}

// appendSpan appends a RELTIME with milliseconds: h:mm:ss.uuu.
func appendSpan(to []byte, d time.Duration) []byte {
	ms := d.Truncate(time.Millisecond).Milliseconds()
	if ms < 0 {
		to, ms = append(to, '-'), -ms
	}
	to = append(strconv.AppendInt(to, ms/3_600_000, 10), ':')
	to = append(appendDigits(to, ms/60_000%60, 2), ':')
	to = append(appendDigits(to, ms/1000%60, 2), '.')
	return appendDigits(to, ms%1000, 3)
}

// appendDigits appends a number with leading zeros.
func appendDigits(to []byte, n int64, digits int) []byte {
	for digits--; digits >= 0; digits-- {
		to = append(to, '0'+byte(n/int64(math.Pow10(digits))%10))
	}
	return to
}

// appendText appends a text as JSON. What a terminal would not show is escaped.
func appendText(to []byte, value string) []byte {
	simple := func(c rune) bool { return ' ' <= c && c < 0x7f && c != '"' && c != '\\' }
	if strings.IndexFunc(value, func(c rune) bool { return !simple(c) }) < 0 {
		return append(append(append(to, '"'), value...), '"')
	}
	return append(to, escape(quoted(text.ValidUTF8(value)))...)
}

// escape escapes in JSON what a terminal would not show. Outside of texts there is nothing of it.
func escape(raw []byte) []byte {
	if bytes.IndexFunc(raw, func(c rune) bool { return c >= 0x7f }) < 0 {
		return raw
	}
	made := make([]byte, 0, len(raw)+16)
	for len(raw) > 0 {
		c, size := utf8.DecodeRune(raw)
		if c < 0x7f || text.Plain(string(c)) && c != utf8.RuneError {
			made = append(made, raw[:size]...)
		} else if high, low := utf16.EncodeRune(c); high != utf8.RuneError {
			made = fmt.Appendf(made, `\u%04x\u%04x`, high, low)
		} else {
			made = fmt.Appendf(made, `\u%04x`, c)
		}
		raw = raw[size:]
	}
	return made
}
