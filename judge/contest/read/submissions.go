package read

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"judge/judge/contest"
	"judge/judge/report"
	"judge/problems"
	"judge/problems/strictyaml"
	"judge/problems/text"
)

// readCSV reads the submissions that a CSV lists.
func (r *reader) readCSV(node *strictyaml.Node) error {
	data, name, err := r.csvAt(node, "submissions.csv")
	if err != nil {
		return err
	}
	t, err := tableOf(r.shown(name), data, layout{
		[]string{"id", "team", "problem", "language", "time", "path", "entry_point"},
		[]string{"id", "team", "problem", "path"}, maxRows,
	})
	if err != nil {
		return err
	}
	r.contest.Timed = len(t.rows) > 0 && t.cell(t.rows[0], "time") != ""
	lines := map[string]int{}
	for _, row := range t.rows {
		s, err := r.submissionOf(t, row, filepath.Dir(name))
		if err != nil {
			return err
		}
		if first, twice := lines[s.ID]; twice {
			return t.fault(row, "the id "+strictyaml.Quote(t.cell(row, "id"))+" appears twice: "+lineHas(first),
				"give each submission its own id")
		}
		lines[s.ID] = row.line
		r.contest.Submissions = append(r.contest.Submissions, s)
	}
	r.sortSubmissions()
	return nil
}

func lineHas(line int) string { return fmt.Sprintf("line %d has it already", line) }

// submissionOf reads a row. Paths in it are relative to dir, the directory of the CSV, or else to that of the contest.
func (r *reader) submissionOf(t *table, row row, dir string) (contest.Submission, error) {
	s := contest.Submission{Language: t.cell(row, "language"), Entry: t.cell(row, "entry_point")}
	for _, column := range []string{"id", "team", "problem", "path"} {
		if t.cell(row, column) == "" {
			return s, t.fault(row, "no "+column, "write a value in the column "+column)
		}
	}
	s.ID = contest.ID(t.cell(row, "id"))
	var msg, hint string
	if s.Problem, msg, hint = r.names.problem(t.cell(row, "problem")); msg != "" {
		return s, t.fault(row, msg, hint)
	}
	if s.Team, msg, hint = r.teams.team(t.cell(row, "team")); msg != "" {
		return s, t.fault(row, msg, hint)
	}
	if err := r.timeOf(t, row, &s); err != nil {
		return s, err
	}
	named := t.cell(row, "path")
	name, outside := inside(dir, named)
	if outside {
		return s, t.fault(row, "the path "+strictyaml.Quote(named)+" leads out of the contest's directory",
			"copy the file into it, and write a path that is relative to the CSV")
	}
	if _, err := r.root.Lstat(name); isMissing(err) && filepath.IsLocal(named) {
		if _, err := r.root.Lstat(filepath.Clean(named)); err == nil {
			name = filepath.Clean(named)
		}
	}
	s.Path = name
	s.Fault = r.faultAt(name)
	return s, nil
}

// timeOf reads the time of a row. All rows have one, or none has.
func (r *reader) timeOf(t *table, row row, s *contest.Submission) error {
	given := t.cell(row, "time")
	switch {
	case given == "" && !r.contest.Timed:
		return nil
	case given == "":
		return t.fault(row, "no time, though other rows have one", timeHint)
	case !r.contest.Timed:
		return t.fault(row, "a time, though the first row has none", "write a time in each row, or in none")
	}
	m, ok := momentOf(given, r.zone())
	if !ok {
		return t.fault(row, "malformed time "+strictyaml.Quote(given), timeHint)
	}
	if s.Time, s.At, ok = m.place(r.contest.Start); !ok {
		return t.fault(row, noStart, noStartHint)
	}
	return nil
}

// faultAt returns what is wrong with the submission at a path that a file names, nil if it can be judged.
func (r *reader) faultAt(name string) *contest.Fault {
	mode, err := r.root.Lstat(name)
	if err == nil && mode&fs.ModeSymlink == 0 {
		var full string
		if full, mode, err = r.root.Path(name); err == nil && full != filepath.Join(r.root.Dir, name) {
			return ofJury("a link on the way to the file, which is not followed")
		}
	}
	if err != nil {
		return ofJury(reasonOf(err))
	}
	return r.faultOf(name, mode)
}

// faultOf returns what is wrong with a submission of a type, nil if it can be judged. The engine finds the rest.
func (r *reader) faultOf(name string, mode fs.FileMode) *contest.Fault {
	switch {
	case mode&fs.ModeSymlink != 0:
		return ofTeam("a link: expected a file")
	case mode.IsDir():
		dir, err := r.root.OpenDir(name)
		if err != nil {
			return ofJury("cannot be read: " + reasonOf(err))
		}
		dir.Close()
		return nil
	case !mode.IsRegular():
		return ofTeam("not a regular file")
	}
	file, err := r.root.Open(name)
	if err != nil {
		return ofJury("cannot be read: " + reasonOf(err))
	}
	defer file.Close()
	if extension(name) == ".zip" {
		return zipFault(file)
	}
	return nil
}

// maxZip bounds the archives that are checked here, in bytes: the directory of a larger one may take much memory, and
// it is over every limit on code.
const maxZip = 4 << 20

// zipFault returns what is wrong with an archive.
func zipFault(file *os.File) *contest.Fault {
	info, err := file.Stat()
	if err != nil {
		return ofJury("cannot be read: " + reasonOf(err))
	}
	if info.Size() > maxZip {
		return nil
	}
	if _, err := zip.NewReader(file, info.Size()); err != nil {
		if errors.Is(err, unix.EIO) {
			return ofJury("cannot be read: " + reasonOf(err))
		}
		return ofTeam("broken archive: " + strings.TrimPrefix(err.Error(), "zip: "))
	}
	return nil
}

// ofJury is a fault that the jury can repair.
func ofJury(why string) *contest.Fault {
	return &contest.Fault{Verdict: problems.JE, Reason: report.Reason(text.CutLine(why, report.MaxReason))}
}

// ofTeam is a fault of the team.
func ofTeam(why string) *contest.Fault {
	return &contest.Fault{Verdict: problems.CE, Reason: report.Reason(text.CutLine(why, report.MaxReason))}
}
