// Package python2 distinguishes programs in Python 2 from wrong ones in Python 3. Older packages hold many: .py meant
// Python 2 then, and the same name means Python 3 now. Ask it only about a program that has already failed as Python 3.
package python2

import (
	"regexp"
	"strings"

	"judge/judge/languages"
)

// Named reports whether a source's shebang names Python 2.
func Named(source []byte) bool { return IsInterpreter(languages.Interpreter(source)) }

// IsInterpreter reports whether an interpreter is one of Python 2.
func IsInterpreter(name string) bool { return interpreter.MatchString(name) }

var interpreter = regexp.MustCompile(`^(?:python|pypy)2(?:\.[0-9]+)*$`)

// forms are not Python 3. Each matches statements and expressions, not comments.
var forms = regexp.MustCompile("(?m)" + strings.Join([]string{
	`(?:^|[:;])[ \t]*print[ \t]+(?:["'0-9]|[A-Za-z_]\w*)`, // print "a", print x
	`(?:^|[:;])[ \t]*print[ \t]*>>`,
	`^[ \t]*except[ \t]+[\w.]+[ \t]*,[ \t]*\w+[ \t]*:`, // except X, e:
	`^[ \t]*except[ \t]*\([^)\n]*\)[ \t]*,[ \t]*\w+[ \t]*:`,
	`^[ \t]*raise[ \t]+[\w.]+[ \t]*,`,
	`^[ \t]*exec[ \t]+["'\w]`,
	"^[^#'\"\\n]*`[^`\\n]+`", // `x` for repr(x)
	`^[^#'"\n]*[\w)\]][ \t]*<>`,
	`^[^#'"\n]*\b[0-9]+[lL]\b`,
	`^[^#'"\n]*\b(?:raw_input|xrange)[ \t]*\(`,
}, "|"))

// HasForms reports whether a source that Python 3 refuses has forms of Python 2.
func HasForms(source []byte) bool { return forms.Match(source) }

// removed are names that Python 3 no longer has, in the words of its uncaught exceptions.
var removed = regexp.MustCompile(`(?m)^(?:` + strings.Join([]string{
	`NameError: name '(?:raw_input|xrange|unicode|unichr|long|reduce|cmp|execfile|reload)' is not defined`,
	`NameError: name '(?:intern|apply|basestring|buffer|coerce)' is not defined`,
	`AttributeError: 'dict' object has no attribute '(?:has_key|iteritems|iterkeys|itervalues)'`,
	`AttributeError: module 'string' has no attribute '(?:ato[fil]|split|join|replace|strip)'`,
	`AttributeError: module 'string' has no attribute '(?:letters|lowercase|uppercase|maketrans)'`,
	`AttributeError: module '(?:sys|itertools|os)' has no attribute ` +
		`'(?:maxint|izip|imap|ifilter|izip_longest|getcwdu)'`,
	`(?:ModuleNotFoundError|ImportError): No module named ` +
		`'(?:Queue|StringIO|cStringIO|cPickle|urllib2|sets|__builtin__)'`,
	`ImportError: cannot import name '(?:izip|imap|ifilter|izip_longest|maketrans)' from`,
}, "|") + `)`)

// Misses reports whether a program has ended because Python 3 lacks what Python 2 has, by the beginning of its stderr.
func Misses(stderr string) bool { return removed.MatchString(stderr) }
