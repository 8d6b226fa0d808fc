package jailer

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestWireLayoutsMatchC reads wire.h: its constants, the sizes that the compiler has checked, and its steps.
func TestWireLayoutsMatchC(t *testing.T) {
	text, err := os.ReadFile("wire.h")
	if err != nil {
		t.Fatal(err)
	}
	header := string(text)
	constants := map[string]int{}
	for _, m := range regexp.MustCompile(`(?m)^\t(WIRE_\w+) = ([0-9 *]+),`).FindAllStringSubmatch(header, -1) {
		constants[m[1]] = product(t, m[2], nil)
	}
	for name, ours := range map[string]int{
		"WIRE_VERSION": wireVersion, "WIRE_MOUNTS": wireMounts, "WIRE_TARGET": wireTarget, "WIRE_OPTIONS": wireOptions,
		"WIRE_INSTRUCTIONS": wireInstructions, "WIRE_STRINGS": wireStrings, "WIRE_POINTERS": wirePointers, "WIRE_CGROUPS": wireCgroups,
	} {
		if constants[name] != ours {
			t.Errorf("%s is %d in C and %d in Go", name, constants[name], ours)
		}
	}
	sizes := map[string]int{}
	for _, m := range regexp.MustCompile(`sizeof\(struct (\w+)\) == ([^,]+),`).FindAllStringSubmatch(header, -1) {
		for term := range strings.SplitSeq(m[2], "+") {
			sizes[m[1]] += product(t, term, constants)
		}
	}
	for name, message := range map[string][]byte{
		"wire_setup": new(wireSetup).encode(), "wire_filter": new(wireFilter).encode(), "wire_prepare": encode(wirePrepare{}),
		"wire_exec": encode(wireExec{}), "wire_reply": encode(wireReply{}), "wire_end": encode(wireEnd{}),
	} {
		if sizes[name] != len(message) || len(message) == 0 {
			t.Errorf("%s has %d bytes in C and %d in Go", name, sizes[name], len(message))
		}
	}
	_, inside, _ := strings.Cut(header, "enum step {")
	inside, _, _ = strings.Cut(inside, "}")
	names := strings.Fields(strings.ReplaceAll(inside, ",", " "))
	if len(names) != len(steps) || names[0] != "STEP_NONE" || names[stepExec] != "STEP_EXEC" {
		t.Errorf("%d steps in C, %d in Go", len(names), len(steps))
	}
}

// product evaluates "96 * 1024" or "8 * WIRE_INSTRUCTIONS".
func product(t *testing.T, text string, constants map[string]int) int {
	t.Helper()
	result := 1
	for factor := range strings.SplitSeq(text, "*") {
		factor = strings.TrimSpace(factor)
		n, known := constants[factor]
		if !known {
			var err error
			if n, err = strconv.Atoi(factor); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
		result *= n
	}
	return result
}

func TestLargeMessagesMatchTheirStructs(t *testing.T) {
	setup := wireSetup{wireSetupHead: wireSetupHead{Version: wireVersion, Mounts: 2}}
	copy(setup.Options[:], "size=1")
	copy(setup.Targets[1][:], "usr/lib")
	message := setup.encode()
	if at := 24 + wireOptions + wireMounts + wireTarget; string(message[24:30]) != "size=1" || string(message[at:at+7]) != "usr/lib" {
		t.Errorf("%q", message[:at+8])
	}
	filter := wireFilter{wireFilterHead: wireFilterHead{Count: 1, Permit: 7}}
	filter.Instructions[0], filter.Instructions[8*wireInstructions-1] = 1, 2
	if message := filter.encode(); message[16] != 1 || message[len(message)-1] != 2 {
		t.Errorf("%v", message[:24])
	}
}
