package lack

import "testing"

func TestLackNamesWhatAndFix(t *testing.T) {
	for want, lack := range map[string]Lack{
		"cannot create a jail: / is not a mount point\nhint: bind the chroot onto itself: mount --bind ROOT ROOT": {"/", "/ is not a mount point", "bind the chroot onto itself: mount --bind ROOT ROOT"},
		"cannot create a jail: seccomp: refused\nhint: upgrade":                                                   {"seccomp", "refused", "upgrade"},
		"cannot create a jail: fork: no memory\nhint: free memory":                                                {Jail, "fork: no memory", "free memory"},
	} {
		if got := (&Error{[]Lack{lack}}).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
