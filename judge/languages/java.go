package languages

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isTypeKeyword reports whether a word begins the declaration of a type.
func isTypeKeyword(word string) bool {
	return word == "class" || word == "interface" || word == "enum" || word == "record"
}

// javaMains returns the full names of the top-level types that declare `static void main(`, in the files' order.
func javaMains(files []File) []string {
	var mains []string
	for _, f := range files {
		pkg, types := javaTypes(f.Data)
		for _, t := range types {
			if t.main {
				mains = append(mains, join(pkg, t.name))
			}
		}
	}
	return mains
}

// publicClass returns the name of the public top-level type of a Java file, "" without one.
func publicClass(data []byte) string {
	_, types := javaTypes(data)
	for _, t := range types {
		if t.public && len(t.name) < maxNameBytes-len(".java") && checkName(t.name) == nil {
			return t.name
		}
	}
	return ""
}

func join(pkg, name string) string {
	if pkg == "" {
		return name
	}
	return pkg + "." + name
}

type javaType struct {
	name         string
	public, main bool
}

// javaTypes returns a file's package and its top-level types. It parses only words and braces. Code that does not
// compile may be misread; javac then reports the error.
func javaTypes(data []byte) (pkg string, types []javaType) {
	words := codeWords(string(data))
	depth, public := 0, false
	at := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	for i, w := range words {
		switch {
		case w == "{":
			depth++
		case w == "}":
			depth = max(depth-1, 0)
			public = false
		case w == ";" && depth == 0:
			public = false
		case depth == 0 && w == "package" && pkg == "":
			pkg = dotted(words[i+1:])
		case depth == 0 && w == "public":
			public = true
		case depth == 0 && isTypeKeyword(w) && isName(at(i+1)):
			types = append(types, javaType{name: at(i + 1), public: public})
			public = false
		case depth == 1 && len(types) > 0 && w == "static" && hasMain(words[i+1:]):
			types[len(types)-1].main = true
		}
	}
	return pkg, types
}

// hasMain reports whether the words after `static` continue with `void main (`, possibly with other modifiers.
func hasMain(words []string) bool {
	modifiers := []string{"public", "final", "synchronized", "strictfp"}
	for len(words) > 0 && slices.Contains(modifiers, words[0]) {
		words = words[1:]
	}
	return len(words) >= 3 && words[0] == "void" && words[1] == "main" && words[2] == "("
}

// dotted joins the words of a qualified name, a . b . c, up to the first that does not belong to it.
func dotted(words []string) string {
	var name strings.Builder
	for i, w := range words {
		if i%2 == 0 && !isName(w) || i%2 == 1 && w != "." {
			break
		}
		name.WriteString(w)
	}
	return strings.TrimSuffix(name.String(), ".")
}

func isName(word string) bool {
	c, _ := utf8.DecodeRuneInString(word)
	return c == '_' || c == '$' || unicode.IsLetter(c)
}

// kotlinMains returns the full names of the file classes of the files that declare main at the top.
func kotlinMains(files []File) []string {
	var mains []string
	for _, f := range files {
		words := codeWords(string(f.Data))
		pkg, depth, found := "", 0, false
		for i, w := range words {
			switch {
			case w == "{":
				depth++
			case w == "}":
				depth = max(depth-1, 0)
			case depth == 0 && w == "package" && pkg == "":
				pkg = dotted(words[i+1:])
			case depth == 0 && w == "fun" && i+2 < len(words) && words[i+1] == "main" && words[i+2] == "(":
				found = true
			}
		}
		if found {
			mains = append(mains, join(pkg, fileClass(f.Name)))
		}
	}
	return mains
}

// fileClass returns the name that Kotlin gives to the class of a file: main.kt is MainKt, a-plus-b.kt is
// A_plus_bKt.
func fileClass(name string) string {
	stem, _, _ := strings.Cut(path.Base(name), ".")
	stem = strings.Map(func(c rune) rune {
		if c == '_' || c == '$' || unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return '_'
	}, stem)
	first, size := utf8.DecodeRuneInString(stem)
	if unicode.IsDigit(first) {
		return "_" + stem + "Kt"
	}
	return string(unicode.ToUpper(first)) + stem[size:] + "Kt"
}
