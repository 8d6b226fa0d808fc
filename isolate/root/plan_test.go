package root

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// host creates a small file system: the values of links begin with "-> ".
func host(t *testing.T, entries map[string]string) string {
	t.Helper()
	dir, err := os.MkdirTemp("/var/tmp", "plan") // not in /tmp, which is reserved
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	for name, content := range entries {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if to, link := cutArrow(content); link {
			err = os.Symlink(to, full)
		} else {
			err = os.WriteFile(full, []byte(content), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func cutArrow(s string) (string, bool) {
	if len(s) > 3 && s[:3] == "-> " {
		return s[3:], true
	}
	return "", false
}

func (p plan) targets() []string {
	var targets []string
	for _, m := range p.mounts {
		if !m.device {
			targets = append(targets, m.target)
		}
	}
	return targets
}

func TestPlanFollowsLinksAndReproducesThem(t *testing.T) {
	dir := host(t, map[string]string{
		"bin": "-> usr/bin", "usr/bin/java": "-> ../../etc/java", "etc/java": "-> " + "../opt/jvm/java", "opt/jvm/java": "elf",
	})
	p, err := Root{Sees: []string{dir + "/bin/java"}}.plan()
	if err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"/bin": "usr/bin", "/usr/bin/java": "../../etc/java", "/etc/java": "../opt/jvm/java"} {
		if p.links[dir+link] != to {
			t.Errorf("link %s leads to %q, want %q", link, p.links[dir+link], to)
		}
	}
	if got := p.targets(); !slices.Equal(got, []string{dir + "/opt/jvm/java"}) {
		t.Errorf("shown: %v", got)
	}
}

func TestPlanDropsCoveredMounts(t *testing.T) {
	dir := host(t, map[string]string{"lib/a/x": "1", "lib/ab": "2", "lib/link": "-> a/x"})
	p, err := Root{Sees: []string{dir + "/lib/a/x", dir + "/lib/link", dir + "/lib", dir + "/lib/ab"}}.plan()
	if err != nil {
		t.Fatal(err)
	}
	if got := p.targets(); !slices.Equal(got, []string{dir + "/lib"}) {
		t.Errorf("shown: %v", got)
	}
	if len(p.links) != 0 {
		t.Errorf("links made where a mount will be: %v", p.links)
	}
}

func TestPlanRejectsBadPaths(t *testing.T) {
	dir := host(t, map[string]string{"loop": "-> loop", "file": "x"})
	for _, root := range []Root{
		{Sees: []string{"/"}},
		{Sees: []string{"relative"}},
		{Sees: []string{dir + "/../x"}},
		{Sees: []string{dir + "/missing"}},
		{Sees: []string{dir + "/loop"}},
		{Sees: []string{"/proc"}},
		{Sees: []string{"/sys"}},
		{Sees: []string{"/tmp/x"}},
		{Sees: []string{"/dev/shm/x?"}},
		{Binds: []Bind{{Source: dir, Target: "/box/work"}}},
		{Binds: []Bind{{Source: dir, Target: "/tmp"}}},
		{Binds: []Bind{{Source: dir, Target: "prog"}}},
		{Binds: []Bind{{Source: dir + "/missing", Target: "/prog"}}},
		{Binds: []Bind{{Source: "/dev/null", Target: "/prog"}}},
	} {
		p, err := root.plan()
		var bad *Error
		if !errors.As(err, &bad) {
			t.Errorf("%+v became %+v, %v", root, p, err)
		}
	}
}

func TestPlanAcceptsMissingOptionalPaths(t *testing.T) {
	if _, err := (Root{Sees: []string{"/no/such/path?"}}).plan(); err != nil {
		t.Errorf("an optional path that is missing: %v", err)
	}
}

func TestPlanKeepsReadOnlyAndWritableApart(t *testing.T) {
	dir := host(t, map[string]string{"data/secret/x": "1"})
	p, err := Root{Binds: []Bind{
		{Source: dir + "/data", Target: "/data", Writable: true},
		{Source: dir + "/data/secret", Target: "/data/secret"},
	}}.plan()
	if err != nil {
		t.Fatal(err)
	}
	if got := p.targets(); !slices.Equal(got, []string{"/data", "/data/secret"}) {
		t.Errorf("shown: %v, expected the read-only part on its own", got)
	}
	if _, err := (Root{Binds: []Bind{{Source: dir, Target: "/d", Copy: true, Writable: true}}}).plan(); err == nil {
		t.Error("a writable copy is accepted")
	}
}
