package text

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// WriteJSON writes the value as indented JSON with a line end. The document is safe to print: characters that Line
// would escape, and commands of CI systems, are escaped as in JSON, which does not change the text. A byte that is not
// UTF-8 becomes the text \xff, as JSON cannot hold it.
func WriteJSON(w io.Writer, value any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(mapped(value, changes{ValidUTF8, ValidUTF8})); err != nil {
		return err
	}
	_, err := w.Write(printableJSON(b.Bytes()))
	return err
}

// printableJSON writes what is better not printed as \u1234. Outside strings JSON has nothing of it.
func printableJSON(document []byte) []byte {
	made := make([]byte, 0, len(document))
	var seen shower
	var line commandFinder
	for len(document) > 0 {
		c, size := utf8.DecodeRune(document)
		command := line.completes(document[0])
		if seen.shows(c, size) && !command || c == '\n' {
			made = append(made, document[:size]...)
		} else if high, low := utf16.EncodeRune(c); high != utf8.RuneError {
			made = fmt.Appendf(made, `\u%04x\u%04x`, high, low)
		} else {
			made = fmt.Appendf(made, `\u%04x`, c)
		}
		document = document[size:]
	}
	return made
}
