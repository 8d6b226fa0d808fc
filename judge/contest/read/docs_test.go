package read

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// page returns the page about contests.
func page(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../../docs/contest.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPatternsOfTheDocs: each pattern of the table finds the submission that the row names.
func TestPatternsOfTheDocs(t *testing.T) {
	row := regexp.MustCompile("(?m)^\\| [^|]+ \\| `([^`]+)` \\| `([^`]+)` \\| ([^|]+) \\|$")
	rows := row.FindAllStringSubmatch(page(t), -1)
	const least = 8
	if len(rows) < least {
		t.Fatalf("found %d rows", len(rows))
	}
	for _, row := range rows {
		dir := create(t, map[string]string{
			"contest.yaml": base + "start_time: 2027-03-06T10:00:00+01:00\nsubmissions: '" + row[1] + "'\n", row[2]: "",
		})
		c := open(t, dir)
		if len(c.Submissions) != 1 || len(c.Teams) != 1 {
			t.Errorf("%s: got %s", row[1], listed(c))
			continue
		}
		got := c.Teams[0].Name + ", " + c.Submissions[0].Problem
		if c.Timed {
			want, _ := relOf(row[3][strings.LastIndex(row[3], " ")+1:])
			if c.Submissions[0].Time != want {
				t.Errorf("%s: got the time %v", row[1], c.Submissions[0].Time)
			}
			got += row[3][strings.LastIndex(row[3], ","):]
		}
		if got != row[3] {
			t.Errorf("%s: expected %s, got %s", row[1], row[3], got)
		}
	}
}

// TestDefaultPatternsOfTheDocs: the list is complete and in the right order.
func TestDefaultPatternsOfTheDocs(t *testing.T) {
	var got []string
	for _, m := range regexp.MustCompile("(?m)^[0-9]+\\. `(.*)`$").FindAllStringSubmatch(page(t), -1) {
		got = append(got, m[1])
	}
	if !slices.Equal(got, defaultPatterns()) {
		t.Errorf("expected %q, got %q", defaultPatterns(), got)
	}
}

// TestFilesOfTheDocs: each contest.yaml and CSV of the page is valid.
func TestFilesOfTheDocs(t *testing.T) {
	var blocks []string
	for block := range strings.SplitSeq(page(t), "\n\n") {
		if strings.HasPrefix(block, "    ") {
			blocks = append(blocks, regexp.MustCompile(`(?m)^    `).ReplaceAllString(block, "")+"\n")
		}
	}
	const yaml, csv, teams = 1, 2, 3 // 0 is the short one
	if len(blocks) != teams+1 {
		t.Fatalf("got %d examples: %q", len(blocks), blocks)
	}
	dir := create(t, map[string]string{"contest.yaml": blocks[0], "bob/A.cpp": "", "problems.csv": ""})
	if c := open(t, dir); listed(c) != "bob A bob/A.cpp" {
		t.Errorf("got %s", listed(c))
	}
	dir = create(t, map[string]string{
		"contest.yaml": blocks[yaml], "teams.csv": blocks[teams], "submissions/Lund 2/A/0:01:00_a.c": "",
		"list.yaml":    strings.Replace(blocks[yaml], "submissions/{team}/{problem}/{time}_{file}", "list.csv", 1),
		"list.csv":     blocks[csv],
		"files/17.cpp": "", "files/18/Main.java": "",
	})
	if c := open(t, dir); listed(c) != "Lund 2 A 1m0s submissions/Lund 2/A/0:01:00_a.c" ||
		c.Submissions[0].Team != "lund2" || !c.Teams[1].Hidden {
		t.Errorf("got %s of %v", listed(c), c.Teams)
	}
	c := open(t, filepath.Join(dir, "list.yaml"))
	if listed(c) != "Lund 2 A 12m30s files/17.cpp\nTeam, two B 15m0s files/18" {
		t.Errorf("got %s", listed(c))
	}
}
