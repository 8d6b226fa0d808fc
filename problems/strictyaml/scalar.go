package strictyaml

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"judge/problems/text"
)

// maxText bounds a text where the options give no bound, in bytes.
const maxText = 1024

// Text reads a scalar as it is written, whatever YAML would make of it: 010, 1e-6, yes and ~ are texts.
func (n *Node) Text() (string, error) {
	if !n.IsScalar() {
		return "", n.Fault("expected a text, found "+n.Found(), "write one text; quote a text that begins with { or [")
	}
	if strings.TrimSpace(n.yaml.Value) == "" {
		return "", n.Fault("expected a text, found nothing", "write the text after the colon, or remove the key")
	}
	return n.yaml.Value, n.Printable(n.yaml.Value)
}

// Printable returns an error at the node if a text is too long, or holds what names do not hold.
func (n *Node) Printable(s string) error {
	most := n.file.options.MaxText
	if most == 0 {
		most = maxText
	}
	if len(s) > most {
		return n.Fault(fmt.Sprintf("%s is %d bytes long: expected at most %d", Quote(s), len(s), most), "shorten it")
	}
	if !text.IsName(s) {
		return n.Fault(Quote(s)+" holds a character that cannot be printed", "use letters, digits and punctuation")
	}
	return nil
}

// OneOf reads a text and returns its index among words. what is what the words are, as in: unknown protocol "x".
func (n *Node) OneOf(what string, words []string) (int, error) {
	word, err := n.Text()
	if err != nil {
		return 0, err
	}
	i := slices.Index(words, word)
	if i < 0 {
		return 0, n.Fault("unknown "+what+" "+Quote(word), Suggest(word, words))
	}
	return i, nil
}

// Bool reads true or false, without quotes.
func (n *Node) Bool() (bool, error) {
	if n.IsScalar() && n.yaml.Style == 0 && (n.yaml.Value == "true" || n.yaml.Value == "false") {
		return n.yaml.Value == "true", nil
	}
	hint := "write one of them, without quotes"
	switch word := strings.ToLower(n.yaml.Value); {
	case !n.IsScalar():
	case slices.Contains([]string{"yes", "on", "1", "y", "true"}, word):
		hint = "write true, without quotes"
	case slices.Contains([]string{"no", "off", "0", "n", "false"}, word):
		hint = "write false, without quotes"
	}
	return false, n.Fault("expected true or false, found "+n.Found(), hint)
}

// decimal is the grammar of numbers. Other forms that YAML reads as numbers are decimal too (010), or not accepted
// (0x10, 1_000, .inf, 1:30).
var decimal = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$`)

// IsDecimal reports whether a text is a number as Number reads it.
func IsDecimal(s string) bool {
	const longest = 100 // bytes
	return len(s) <= longest && decimal.MatchString(s)
}

// Number reads a decimal number exactly, without quotes.
func (n *Node) Number() (*big.Rat, error) {
	if n.IsScalar() && !n.isQuoted() && IsDecimal(n.yaml.Value) {
		if value, ok := new(big.Rat).SetString(n.yaml.Value); ok {
			return value, nil
		}
	}
	hint := "write a decimal number such as 2, 0.5 or 1e-6, without a unit"
	pointed := strings.Replace(n.yaml.Value, ",", ".", 1)
	if n.IsScalar() && pointed != n.yaml.Value && IsDecimal(pointed) {
		hint = "write " + pointed
	}
	return nil, n.Fault("expected a number, found "+n.Found(), hint)
}

// Float reads a decimal number from least to most; most may be infinite.
func (n *Node) Float(least, most float64) (float64, error) {
	exact, err := n.Number()
	if err != nil {
		return 0, err
	}
	value, _ := exact.Float64()
	if value >= least && value <= most && !math.IsInf(value, 0) {
		return value, nil
	}
	hint := "write a number from " + plain(least) + " to " + plain(most)
	if math.IsInf(most, 1) {
		hint = "write a number of " + plain(least) + " or more"
	}
	return 0, n.Fault(n.yaml.Value+" is out of range", hint)
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

// Int reads a whole number from least to most.
func (n *Node) Int(least, most int) (int, error) {
	hint := fmt.Sprintf("write a whole number from %d to %d", least, most)
	value, err := n.Number()
	switch {
	case err != nil:
		return 0, n.Fault("expected a whole number, found "+n.Found(), hint)
	case !value.IsInt():
		return 0, n.Fault(n.yaml.Value+" is not a whole number", hint)
	case value.Cmp(big.NewRat(int64(least), 1)) < 0 || value.Cmp(big.NewRat(int64(most), 1)) > 0:
		return 0, n.Fault(n.yaml.Value+" is out of range", hint)
	}
	return int(value.Num().Int64()), nil
}
