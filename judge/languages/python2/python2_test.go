package python2

import "testing"

func TestFormsOfPython2(t *testing.T) {
	for source, want := range map[string]bool{
		"print sum(map(int, raw_input().split()))\n":             true,
		"if x: print 'a'\n":                                      true,
		"import sys\nprint >>sys.stderr, 1\n":                    true,
		"try:\n  f()\nexcept ValueError, e:\n  pass\n":           true,
		"try:\n  f()\nexcept (A, B), e:\n  pass\n":               true,
		"raise ValueError, 'x'\n":                                true,
		"exec 'x = 1'\n":                                         true,
		"s = `x`\n":                                              true,
		"if a <> b: pass\n":                                      true,
		"x = 10L\n":                                              true,
		"for i in xrange(3):\n\tf(i)\n        g(i)\n":            true,
		"print(1)\n":                                             false,
		"print (1)\nfor\n":                                       false,
		"# print x\n":                                            false,
		"x = 'raw_input()'\nfor\n":                               false,
		"printer = 1\nprint(x\n":                                 false,
		"except_(a, b)\nx = '10L'\n":                             false,
		"try:\n  f()\nexcept (A, B) as e:\n  pass\nraise A(1)\n": false,
		"": false,
	} {
		if got := HasForms([]byte(source)); got != want {
			t.Errorf("%q: got %v, expected %v", source, got, want)
		}
	}
}

func TestNamesThatPython3Lacks(t *testing.T) {
	for stderr, want := range map[string]bool{
		"Traceback (most recent call last):\n  File \"a.py\", line 1\n" +
			"NameError: name 'raw_input' is not defined. Did you mean: 'input'?\n": true,
		"NameError: name 'xrange' is not defined\n":                           true,
		"AttributeError: 'dict' object has no attribute 'iteritems'\n":        true,
		"ModuleNotFoundError: No module named 'Queue'\n":                      true,
		"AttributeError: module 'string' has no attribute 'atoi'\n":           true,
		"AttributeError: module 'sys' has no attribute 'maxint'\n":            true,
		"AttributeError: module 'string' has no attribute 'sum'\n":            false,
		"ImportError: cannot import name 'izip' from 'itertools' (unknown)\n": true,
		"NameError: name 'x' is not defined\n":                                false,
		"TypeError: 'map' object is not subscriptable\n":                      false,
		"ValueError: NameError: name 'xrange' is not defined\n":               false,
		"": false,
	} {
		if got := Misses(stderr); got != want {
			t.Errorf("%q: got %v, expected %v", stderr, got, want)
		}
	}
}

func TestShebangsOfPython2(t *testing.T) {
	for source, want := range map[string]bool{
		"#!/usr/bin/env python2\n": true, "#!/usr/bin/python2.7 -O\n": true, "#!/usr/bin/pypy2\n": true,
		"#!/usr/bin/python\n": false, "#!/usr/bin/python3\n": false, "#!/usr/bin/python24x\n": false,
		"print 1\n": false,
	} {
		if got := Named([]byte(source)); got != want {
			t.Errorf("%q: got %v, expected %v", source, got, want)
		}
	}
}
