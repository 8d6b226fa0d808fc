package problems

import "slices"

// synonyms are the words that other judges, formats and habits use for a word of ours, in the form that folded returns.
// A word may be in several rows: the words that are possible in a place decide.
type synonyms map[string][]string

// keys returns the synonyms of keys of a native spec and of its tests, groups and programs.
func keys() synonyms {
	return synonyms{
		"name":   {"title", "short_name", "problem_name", "task", "id"},
		"limits": {"limit", "constraints"},
		"time_limit": {"time", "timelimit", "timeout", "tl", "cpu", "cpu_time", "time_limit_ms", "time_ms",
			"seconds"},
		"wall_time": {"wall", "walltime", "wall_limit", "wall_time_limit", "wall_clock", "real_time", "elapsed"},
		"memory": {"memory_limit", "memorylimit", "mem", "mem_limit", "ml", "memory_mb", "memory_limit_mb",
			"ram"},
		"output":             {"output_limit", "outputlimit", "output_size", "stdout", "out"},
		"processes":          {"process", "process_limit", "threads", "procs", "nproc", "pids", "num_processes"},
		"code":               {"source", "source_limit", "source_size", "code_size", "code_limit"},
		"compilation_time":   {"compile_time", "compile_timeout", "compile_time_limit", "compilation_time_limit"},
		"compilation_memory": {"compile_memory", "compile_memory_limit", "compilation_memory_limit"},
		"validation_time":    {"checker_time", "checker_time_limit", "validator_time"},
		"validation_memory":  {"checker_memory", "checker_memory_limit", "validator_memory"},
		"tests":              {"testcases", "test_cases", "cases", "data", "testdata", "test_data"},
		"input":              {"in", "stdin", "input_file", "infile", "path", "file"},
		"inputs":             {"glob", "pattern", "files"},
		"answer": {"output", "out", "ans", "expected", "expected_output", "answer_file", "output_file",
			"outfile"},
		"group":    {"subtask", "groups", "batch", "test_group", "testgroup"},
		"groups":   {"subtasks", "batches", "test_groups", "testgroups"},
		"points":   {"score", "weight", "worth", "value", "pts", "max_score"},
		"score":    {"rule", "scoring", "aggregation", "score_type", "type", "points"},
		"requires": {"depends", "depends_on", "dependencies", "require", "needs", "prerequisites"},
		"checker": {
			"output_validator", "output_validators", "comparator", "compare", "comparison", "spj", "special_judge",
			"validator_flags", "validation",
		},
		"interactor":       {"interactive", "interaction"},
		"manager":          {"communication"},
		"grader":           {"stub", "graders", "signature"},
		"passes":           {"multi_pass", "multipass", "validation_passes", "rounds", "max_passes"},
		"files":            {"file", "io", "file_io"},
		"output_only":      {"answer_only", "submit_answer", "outputonly"},
		"input_validators": {"validator", "validators", "input_format_validators"},
		"submissions":      {"solutions", "programs", "sources", "submission"},
		"path":             {"file", "program", "source", "submission", "filename"},
		"expect": {
			"verdict", "verdicts", "expected", "expected_verdict", "expects", "result", "outcome", "status",
		},
		"generate": {"generators", "generator", "recipes", "generated", "make", "gen"},
		"solution": {"model_solution", "reference_solution", "main_solution", "main_correct_solution",
			"model"},
		"stress":            {"random", "fuzz", "stress_test"},
		"generation_output": {"generator_output", "generation_output_limit", "generator_output_limit"},
		"run":               {"command", "cmd", "generator", "program", "recipe"},
		"text":              {"content", "literal", "data"},
		"sample":            {"is_sample", "example", "public"},
		"answer_from":       {"answers", "answer_source"},
		"language":          {"lang"},
		"entry":             {"main", "entry_point", "entrypoint", "main_class"},
		"model":             {"main", "model_solution", "reference", "canonical"},
		"program":           {"path", "file", "source", "cmd", "command", "executable"},
		"protocol":          {"type", "kind", "format", "style", "interface"},
		"args":              {"arguments", "argv", "flags", "options", "parameters"},
		"float_tolerance":   {"tolerance", "epsilon", "eps", "precision"},
	}
}

// values returns the synonyms of verdicts, checkers, protocols, rules, levels and languages.
func values() synonyms {
	return synonyms{
		"AC":         {"ok", "accepted", "accept", "correct", "pass", "passed", "yes"},
		"WA":         {"wrong", "wrong_answer", "wronganswer", "incorrect", "no"},
		"TLE":        {"tl", "to", "time", "timeout", "time_limit", "time_limit_exceeded", "timelimit", "too_slow"},
		"MLE":        {"ml", "memory", "memory_limit", "memory_limit_exceeded"},
		"OLE":        {"ol", "output_limit", "output_limit_exceeded"},
		"RTE":        {"re", "rt", "runtime_error", "run_time_error", "crash", "crashed", "runtime"},
		"CE":         {"compile_error", "compiler_error", "compilation_error"},
		"exact":      {"identical", "strict", "bytes", "binary"},
		"lines":      {"lcmp", "line"},
		"tokens":     {"standard", "default", "diff", "wcmp", "words", "whitespace", "ignore_whitespace"},
		"float":      {"double", "doubles", "real", "reals", "floats", "rcmp", "rcmp6"},
		"icpc":       {"kattis", "domjudge", "default", "custom", "validator"},
		"testlib":    {"polygon", "codeforces"},
		"min":        {"all", "minimum", "all_or_nothing", "icpc"},
		"sum":        {"add", "total", "addition"},
		"fifo":       {"fifos", "pipe", "pipes", "named_pipe"},
		"std":        {"stdio", "stdin", "streams"},
		"full":       {"strong"},
		"one-user":   {"oneuser", "user"},
		"all":        {"everything"},
		"cpp":        {"c++", "cxx", "cc", "g++", "gcc", "c++17", "c++20"},
		"csharp":     {"c#", "cs"},
		"python3":    {"python", "py", "py3"},
		"javascript": {"js", "node", "nodejs"},
	}
}

// commands returns the synonyms of commands and flags.
func commands() synonyms {
	return synonyms{
		"run":       {"test", "judge", "exec", "execute", "check_solution"},
		"verify":    {"check", "validate", "lint"},
		"init":      {"new", "create", "new_problem", "template"},
		"doctor":    {"health", "diagnose", "selftest"},
		"jail":      {"sandbox", "isolate", "box"},
		"jobs":      {"parallel", "threads", "workers"},
		"json":      {"report", "meta"},
		"fail_fast": {"failfast", "stop"},
		"languages": {"langs", "language_table"},
		"to":        {"format", "target"},
		"verbose":   {"debug"},
		"no_color":  {"no_colour", "nocolor", "plain"},
	}
}

// Synonym returns the candidate that has the same meaning as a word; "": no candidate has.
func Synonym(word string, candidates []string) string {
	plain := folded(word)
	for _, c := range candidates {
		if folded(c) == plain {
			return c
		}
	}
	known := []synonyms{keys(), values(), commands()}
	for _, c := range candidates {
		for _, k := range known {
			if slices.Contains(k[c], plain) || slices.Contains(k[folded(c)], plain) {
				return c
			}
		}
	}
	return ""
}
