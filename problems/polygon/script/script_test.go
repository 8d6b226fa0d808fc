package script

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// commands returns the lines of a script in a short form.
func commands(t *testing.T, text string, taken ...int) string {
	t.Helper()
	lines, err := Read(text)
	if err == nil {
		err = Number(lines, taken)
	}
	if err != nil {
		return "error " + err.Error()
	}
	var all []string
	for _, l := range lines {
		files := ""
		if l.File {
			files = " files"
		}
		all = append(all, fmt.Sprintf("%d:%d %s > %v%s", l.Place.Row, l.Place.Column, l.Command, l.Tests, files))
	}
	return strings.Join(all, "\n")
}

func TestScripts(t *testing.T) {
	for _, c := range []struct{ text, expected string }{
		{"gen 1 > 2\n\n gen \"a b\" > 3\r\n", "1:1 gen 1 > [2]\n3:2 gen \"a b\" > [3]"},
		{"gen 1 > $\ngen 2 > $\ngen 3 > 3", "1:1 gen 1 > [2]\n2:1 gen 2 > [4]\n3:1 gen 3 > [3]"},
		{"gen > {5-7,9}", "1:1 gen > [5 6 7 9] files"},
		{"<#list 1..3 as i>\ngen ${i} > $\n</#list>", "2:1 gen 1 > [2]\n2:1 gen 2 > [3]\n2:1 gen 3 > [4]"},
		{"<#list 2..1 as i>gen ${i} > $\n</#list>", "1:18 gen 2 > [2]\n1:18 gen 1 > [3]"},
		{"<#assign n = 10/>\n<#list 1..<3 as i>\n<#assign n = n * 10>gen ${n + i} > $\n</#list>",
			"3:21 gen 101 > [2]\n3:21 gen 1002 > [3]"},
		{"<#list [5, 7] as n><#list 0..1 as k>gen ${n} ${k} > $\n</#list></#list>",
			"1:37 gen 5 0 > [2]\n1:37 gen 5 1 > [3]\n1:37 gen 7 0 > [4]\n1:37 gen 7 1 > [5]"},
		{"<#list 1..4 as i><#if i % 2 == 0 && i gt 2>gen b > $\n<#elseif (i > 2)>gen c > $\n<#else>gen ${i} > $\n" +
			"</#if></#list>",
			"3:8 gen 1 > [2]\n3:8 gen 2 > [3]\n2:18 gen c > [4]\n1:44 gen b > [5]"},
		{"<#-- <#list> -->gen ${\"x-${1 + 1}\"} ${7/2} ${(7/2)?int} ${100000} > $", "1:17 gen x-2 3.5 3 100000 > [2]"},
		{"<#list ['a', \"b\"] as s>gen ${s}${s_index}${s?counter}<#if s_has_next>,</#if> > $\n</#list>",
			"1:24 gen a01, > [2]\n1:24 gen b12 > [3]"},
		{"<#assign a = [1, 2] b = a?size>gen ${a[1]} ${b} ${a?join('-')} ${5?string(\"000\")} > 9",
			"1:32 gen 2 2 1-2 005 > [9]"},
		{"<#if x??>gen 1<#else>gen 2</#if> > 4", "1:22 gen 2 > [4]"},
		{"gen $ {x} < 1 > 4", "1:1 gen $ {x} < 1 > [4]"},
		{"<#setting number_format=\"0\">gen > 4", "1:29 gen > [4]"},
	} {
		got := commands(t, c.text, 1)
		if got != c.expected {
			t.Errorf("%q:\nexpected %s\ngot      %s", c.text, c.expected, got)
		}
	}
}

func TestFaultsOfScripts(t *testing.T) {
	for _, c := range []struct{ text, expected string }{
		{"gen 1", `1:1: "gen 1" does not say which test it makes`},
		{"gen 1 > 2\n > 3", "2:2: no generator before >"},
		{"gen > a", `1:1: unknown target "a"`},
		{"gen > 0", `1:1: unknown target "0"`},
		{"gen > {3-1}", `1:1: unknown target "{3-1}"`},
		{"gen > 2-3", `1:1: unknown target "2-3"`},
		{"gen > 1", "1:1: test 1 is already made by another line or is a file"},
		{"gen > 2\ngen > 2", "2:1: test 2 is already made by another line or is a file"},
		{"gen > {1-1000000000}", `1:1: unknown target`},
		{"x\n <#macro m>", "2:2: the FreeMarker directive <#macro> is not supported"},
		{"<@m/>", "1:1: calls of macros are not supported"},
		{"gen ${a?foo} > 2", "1:8: the FreeMarker built-in ?foo is not supported"},
		{"gen ${a} > 2", `1:7: unknown variable "a"`},
		{"<#list 1..2 as i>", "1:1: <#list has no </#list>"},
		{"<#if true>x</#list>", "1:1: <#if has no </#if>"},
		{"</#if>", "1:1: </#if without its beginning"},
		{"<#list 5 as i></#list>", "1:1: <#list> of something that is not a list"},
		{"${1/0}", "1:4: division by 0"},
		{"<#list 1..99999999 as i></#list>", "1:9: a list of more than 100000 elements"},
		{"<#list 1..90000 as i><#list 1..90000 as k></#list></#list>", "1:30: the script takes more than"},
		{strings.Repeat("<#if true>", 100), "1:635: nested more than 64 deep"},
		{"${" + strings.Repeat("(", 100), "1:66: nested more than 64 deep"},
		{"${" + strings.Repeat("-", 100), "1:65: nested more than 64 deep"},
		{"${1" + strings.Repeat("+1", 5000) + "}", "more than 1000 operators"},
		{"<#assign x = 9><#list 1..9999 as i><#assign x = x * x></#list>", "1:51: a number of more than 4096 bits"},
		{"<#assign x = 'ab'><#list 1..99 as i><#assign x = x + x></#list>", "1:52: a string of more than 64 KiB"},
		{"<#list 1..90000 as i>" + strings.Repeat("x", 200) + "</#list>", "1:22: the script expands to more than 8 MiB"},
		{"${", "1:3: the script ends within an expression"},
		{"${1 2}", `1:5: expected "}", got "2}"`},
		{"${'a", "1:3: a string has no end"},
		{"<#-- ", "1:1: a comment has no end"},
	} {
		lines, err := Read(c.text)
		if err == nil {
			err = Number(lines, []int{1})
		}
		if fault, ok := errors.AsType[*Error](err); !ok || !strings.Contains(fault.Error(), c.expected) {
			t.Errorf("%.60q: expected %q, got %v", c.text, c.expected, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("<#list 1..3 as i><#if i gt 2>gen ${i?c} > $\n</#if></#list>")
	f.Add("<#assign a = [1, 'x'] b = a[0] + 2>gen ${\"${b}\"} > {1-3}")
	f.Fuzz(func(t *testing.T, text string) {
		_, err := Read(text)
		if _, ok := errors.AsType[*Error](err); err != nil && !ok {
			t.Errorf("%v is no *Error", err)
		}
	})
}
