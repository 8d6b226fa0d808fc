package lack

import (
	"testing"
	"testing/fstest"
)

func TestErrorNamesThingAndFix(t *testing.T) {
	for want, lack := range map[string]Lack{
		"cannot create a jail: / is not a mount point\nhint: bind it": {What: "/", Why: "/ is not a mount point", Fix: "bind it"},
		"cannot create a jail: seccomp: refused\nhint: upgrade":       {What: "seccomp", Why: "refused", Fix: "upgrade"},
		"cannot create a jail: fork: no memory\nhint: free memory":    {What: Jail, Why: "fork: no memory", Fix: "free memory"},
	} {
		if got := (&Error{[]Lack{lack}}).Error(); got != want {
			t.Errorf("got %q, expected %q", got, want)
		}
	}
}

func TestWaivableKeepsTheOriginal(t *testing.T) {
	original := New("cores", "no", "none")
	if got := original.Waivable(OwnCores).Lacks[0].Waiver; got != OwnCores {
		t.Errorf("got waiver %d, expected %d", got, OwnCores)
	}
	if got := original.Lacks[0].Waiver; got != NoWaiver {
		t.Errorf("got waiver %d in the original, expected none", got)
	}
}

func TestRefusingSettingIsTheFirstThatRefuses(t *testing.T) {
	const clone = "proc/sys/kernel/unprivileged_userns_clone"
	for want, value := range map[string]string{"": "1\n", "sysctl -w kernel.unprivileged_userns_clone=1": "0\n"} {
		host := fstest.MapFS{"proc/sys/user/max_user_namespaces": {Data: []byte("100\n")}, clone: {Data: []byte(value)}}
		s, ok := RefusingSetting(host)
		if ok != (want != "") || ok && s.Fix() != want {
			t.Errorf("%s holds %q: got %+v, %v, expected %q", clone, value, s, ok, want)
		}
	}
}
