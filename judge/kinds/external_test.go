package kinds

import (
	"testing"

	"judge/problems"
)

func TestEveryProtocolOfSpecsIsSpoken(t *testing.T) {
	for _, name := range problems.ProtocolNames() {
		if protocols()[problems.ParseProtocol(name)] == nil {
			t.Errorf("the protocol %q has no entry: expected one", name)
		}
	}
}
