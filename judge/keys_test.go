package judge

import (
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"judge/judge/build"
	"judge/judge/cache"
	"judge/judge/languages"
	"judge/judge/report"
	"judge/problems"
)

// keyed is all that keys are made from.
type keyed struct {
	Problem problems.Problem
	Machine report.Machine
	Plan    languages.Plan
	Probe   Probe // on another test than the problem's
}

// mayDiffer are the fields that are in no key, with the reason why no kept result depends on them. A field stands for all
// beneath it.
func mayDiffer() map[string]string {
	const (
		made     = "it is in the key of the compiled program"
		compared = "kept results are compared by it: see kept.stands"
		noResult = "it does not change the result of a test"
		onlyName = "known and kept results get the test's own name"
		scoring  = "scores of groups are worked out anew from the tests"
		probes   = "it is for probes, whose setting and tests are Problem.InputValidators and Probe here"
		content  = "what is in the file is in the key"
	)
	return map[string]string{
		"Problem.Path": noResult, "Problem.Submissions": noResult, "Problem.Format": noResult, "Problem.CodeStated": noResult,
		"Problem.NoTimeLimit": noResult, "Problem.TimeRule": noResult, "Problem.ValidatesInputs": noResult,
		"Problem.NoSubmissions": noResult, "Problem.NoExpectations": noResult, "Problem.NotRun": noResult, "Problem.Foreign": noResult,
		"Problem.Samples": noResult, "Problem.Remarks": noResult, "Problem.Held": noResult, "Problem.OnlySamples": noResult, "Problem.Part": noResult,
		"Problem.Batches": content, "Problem.Stress": noResult, "Problem.Tests.Recipe": content, "Probe.Test.Recipe": content,
		"Problem.Limits.GenerationOutput": content,
		"Problem.OutputOnly":              "results of outputs are not kept",
		"Problem.ValidNames":              made, "Problem.Define": made, "Problem.SomeOutputs": made,
		"Problem.Unbuffered": made, "Problem.Grader": made, "Problem.Constants": made,
		"Problem.Scoring.Name": scoring, "Problem.Scoring.Rule": scoring, "Problem.Scoring.Points": scoring,
		"Problem.Scoring.Unbounded": scoring, "Problem.Scoring.Threshold": scoring, "Problem.Scoring.Break": scoring,
		"Problem.Scoring.Requires": scoring, "Problem.Scoring.Factor": scoring, "Problem.Scoring.Grader": scoring,
		"Problem.Scoring.Items.Test": scoring, "Problem.Scoring.Items.Ignored": scoring,
		"Problem.Scoring.Items.Inner.Threshold": scoring, "Problem.Scoring.Items.Inner.Break": scoring,
		"Problem.Scoring.Items.Inner.Requires": scoring, "Problem.Scoring.Items.Inner.Factor": scoring,
		"Problem.Scoring.Items.Inner.Grader": scoring, "Problem.Scoring.Items.Inner.Unscored": scoring, "Problem.Scoring.Items.Inner.Strict": scoring,
		"Problem.Scoring.Items.Inner.Items.Test": scoring, "Problem.Scoring.Items.Inner.Items.Ignored": scoring,
		"Problem.InputValidators": probes, "Problem.AnswerValidators": probes,
		"Problem.Limits.Time": compared, "Problem.Limits.Wall": compared,
		"Problem.Limits.CompilationTime": made, "Problem.Limits.CompilationMemory": made, "Problem.Limits.Code": made,

		"Problem.Tests.Name": onlyName, "Problem.Tests.Input": content, "Problem.Tests.Answer": content,
		"Problem.Tests.Listed": noResult, "Problem.Tests.Sample": noResult,
		"Problem.Tests.ValidatorArgs": probes, "Problem.Tests.ValidatorArgsOf": probes,
		"Problem.Tests.AnswerArgs": probes, "Probe.Test.AnswerArgs": "a checker does not get it",

		"Problem.Checker.External.Path": made, "Problem.Checker.External.Flags": made, "Problem.Checker.External.Driver": made,
		"Problem.Interactor.Path": made, "Problem.Interactor.Flags": made, "Problem.Interactor.Driver": made,
		"Problem.Interactor.Also":        "a checker's alone",
		"Problem.Checker.External.Also.": made, // its sources; the rest is in the key
		"Problem.Manager.External.Path":  made, "Problem.Manager.External.Flags": made, "Problem.Manager.External.Driver": made,
		"Problem.Manager.External.Also":  "a checker's alone",
		"Problem.Checker.External.Entry": made, "Problem.Interactor.Entry": made, "Problem.Manager.External.Entry": made,

		"Machine.Cores": "which core ran a test changes no result", "Machine.JudgeOn": noResult, "Machine.Exclusive": noResult,
		"Machine.Speed": "results that depend on the time are not kept, or stand at a distance from the limit",

		"Plan.Files": made, "Plan.Ours": made, "Plan.Compile": made, "Plan.CompileEnv": made, "Plan.CompileSees": made,
		"Plan.CompileProcesses": made, "Plan.Header": made, "Plan.Product": made, "Plan.Renamed": made, "Plan.Entry": "it is in Plan.Run",
		"Plan.Language":  "it is the id of the language, which is in the key",
		"Plan.Work.Data": made, "Plan.Work.Link": made,
		"Plan.Linking": "it is in Plan.Compile and Plan.RunSees",

		"Probe.Test.Name": noResult, "Probe.Test.Groups": noResult, "Probe.Test.Points": noResult, "Probe.Test.Listed": noResult,
		"Probe.Test.Sample": noResult, "Probe.Test.NeedsOutput": noResult, "Probe.Test.RunArgs": noResult,
		"Probe.Test.Input": content, "Probe.Test.Answer": content, "Probe.Output": content,
		"Probe.Test.ValidatorArgs": "a checker does not get it", "Probe.Test.ValidatorArgsOf": "a checker does not get it",
	}
}

func TestKeysHoldEveryField(t *testing.T) {
	dir := t.TempDir()
	input := writeFile(t, filepath.Join(dir, "1.in"), "1\n")
	answer := writeFile(t, filepath.Join(dir, "1.ans"), "2\n")
	fresh := func() *keyed {
		test := problems.TestCase{Name: "1", Groups: []string{"g"}, Input: input, Answer: answer, Checker: &problems.Checker{}}
		k := &keyed{Problem: problems.Problem{
			Name: "p", Dir: dir, Tests: []problems.TestCase{test}, Scoring: &problems.Scoring{
				Strict: true,
				Items:  []problems.Item{{Inner: &problems.Scoring{Name: "g", Items: []problems.Item{{Test: 0}}}}},
			},
			Checker:    problems.Checker{External: &problems.External{Also: &problems.External{}}},
			Interactor: &problems.External{}, Manager: &problems.Manager{},
		}, Plan: languages.Plan{Work: []languages.WorkFile{{Name: "w"}}}}
		test.Groups = slices.Clone(test.Groups)
		k.Probe = Probe{Test: test, Checks: true}
		return k
	}
	before, skip := keysOf(fresh()), mayDiffer()
	used := map[string]bool{}
	for _, field := range fieldsOf(reflect.TypeFor[keyed](), "", reflect.ValueOf(*fresh())) {
		reason := ""
		for name := range skip {
			if field == name || strings.HasPrefix(field, strings.TrimSuffix(name, ".")+".") && !strings.HasSuffix(name, ".") {
				reason, used[name] = skip[name], true
			}
		}
		if strings.HasPrefix(field, "Problem.Checker.External.Also.") && slices.Contains([]string{"Path", "Flags", "Driver", "Entry"}, field[len("Problem.Checker.External.Also."):]) {
			reason, used["Problem.Checker.External.Also."] = skip["Problem.Checker.External.Also."], true
		}
		k := fresh()
		change(t, reflect.ValueOf(k).Elem(), strings.Split(field, "."))
		if got := keysOf(k); got == before && reason == "" {
			t.Errorf("%s is in no key: add it, or say in mayDiffer why no kept result depends on it", field)
		} else if got != before && reason != "" && !strings.HasPrefix(reason, "what is in the file") {
			t.Errorf("%s is in a key although %s", field, reason)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(skip)) {
		if !used[name] {
			t.Errorf("there is no field %s", name)
		}
	}
}

// keysOf are all keys that results are kept by.
func keysOf(k *keyed) [3]string {
	s := &Prepared{judge: &Judge{Machine: k.Machine, Verdicts: &cache.Verdicts{}}, problem: &k.Problem}
	p := build.Program{Source: build.Source{Plan: k.Plan, Language: languages.Language{ID: "c"}}, Key: "program"}
	return [3]string{s.settingKey(p), s.testKey(k.Problem.Tests[0]), s.probeKey(k.Probe)}
}

// fieldsOf lists the leaves of a struct type. Where a value is at hand, slices and pointers of structs are gone into.
func fieldsOf(of reflect.Type, prefix string, value reflect.Value) (all []string) {
	for f := range of.Fields() {
		inner, name := value.FieldByIndex(f.Index), prefix+f.Name
		for inner.Kind() == reflect.Pointer && !inner.IsNil() || inner.Kind() == reflect.Slice && inner.Len() > 0 {
			if inner.Kind() == reflect.Slice {
				inner = inner.Index(0)
			} else {
				inner = inner.Elem()
			}
		}
		if inner.Kind() == reflect.Struct {
			all = append(all, fieldsOf(inner.Type(), name+".", inner)...)
			continue
		}
		all = append(all, name)
	}
	return all
}

// change gives a field another value.
func change(t *testing.T, at reflect.Value, path []string) {
	t.Helper()
	for _, name := range path {
		for at.Kind() == reflect.Pointer || at.Kind() == reflect.Slice {
			if at.Kind() == reflect.Slice {
				at = at.Index(0)
			} else {
				at = at.Elem()
			}
		}
		at = at.FieldByName(name)
	}
	for at.Kind() == reflect.Slice && at.Len() > 0 && at.Index(0).Kind() == reflect.String {
		at = at.Index(0)
	}
	switch at.Kind() {
	case reflect.String:
		at.SetString(at.String() + "x")
	case reflect.Bool:
		at.SetBool(!at.Bool())
	case reflect.Int, reflect.Int64:
		at.SetInt(at.Int() + 1)
	case reflect.Uint8:
		at.SetUint(at.Uint() + 1)
	case reflect.Float64:
		at.SetFloat(at.Float() + 1)
	case reflect.Slice:
		at.Set(reflect.MakeSlice(at.Type(), 1, 1))
	case reflect.Map:
		at.Set(reflect.MakeMap(at.Type()))
		at.SetMapIndex(reflect.Zero(at.Type().Key()), reflect.Zero(at.Type().Elem()))
	case reflect.Pointer:
		at.Set(reflect.New(at.Type().Elem()))
	default:
		t.Fatalf("%s: no other value for a %s", strings.Join(path, "."), at.Type())
	}
}
