package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"judge/judge/contest"
	"judge/judge/contest/grade"
	"judge/problems"
)

// selectionFlags are the flags that choose submissions, as the user wrote them.
type selectionFlags struct {
	problems, teams, languages, submissions, verdicts, machines []string
	from, to                                                    string
}

func selectionFlagList() []cli.Flag {
	repeated := func(name, usage string) cli.Flag {
		return &cli.StringSliceFlag{Name: name, Usage: "select only " + usage + " (repeatable)"}
	}
	return []cli.Flag{
		repeated("problem", "submissions to problem `LABEL`"),
		repeated("team", "submissions of team `ID`"),
		repeated("language", "submissions in language `ID`"),
		repeated("submission", "submission `ID`"),
		repeated("verdict", "submissions whose judgement is `VERDICT`, such as WA"),
		repeated("machine", "submissions judged by machine `NAME`"),
		&cli.StringFlag{Name: "from", Usage: "select only submissions since `TIME` in the contest, such as 1:30:00"},
		&cli.StringFlag{Name: "to", Usage: "select only submissions before `TIME` in the contest"},
	}
}

func selectionOf(c *cli.Context) selectionFlags {
	return selectionFlags{
		problems: c.StringSlice("problem"), teams: c.StringSlice("team"), languages: c.StringSlice("language"),
		submissions: c.StringSlice("submission"), verdicts: c.StringSlice("verdict"),
		machines: c.StringSlice("machine"), from: c.String("from"), to: c.String("to"),
	}
}

func (f selectionFlags) parse() (contest.Selection, error) {
	s := contest.Selection{
		Problems: f.problems, Teams: f.teams, Languages: f.languages, Submissions: f.submissions, Machines: f.machines,
	}
	var codes []string
	for v := problems.AC; v < problems.SKIP; v++ {
		codes = append(codes, v.String())
	}
	for _, code := range f.verdicts {
		v, err := problems.ParseVerdict(strings.ToUpper(code))
		if err != nil || v == problems.SKIP {
			return s, &usageError{fmt.Sprintf("--verdict %s: expected one of %s", code, strings.Join(codes, ", ")), ""}
		}
		s.Verdicts = append(s.Verdicts, v)
	}
	var err error
	if s.From, err = contestTime("from", f.from); err != nil {
		return s, err
	}
	s.To, err = contestTime("to", f.to)
	return s, err
}

// contestTime reads a time since the start of the contest; nil: the flag was not given.
func contestTime(flag, value string) (*time.Duration, error) {
	if value == "" {
		return nil, nil
	}
	parts := regexp.MustCompile(`^(-?)(\d{1,6}):([0-5]\d):([0-5]\d)(\.\d{1,3})?$`).FindStringSubmatch(value)
	if parts == nil {
		return nil, &usageError{fmt.Sprintf("--%s %s: expected h:mm:ss since the start of the contest", flag, value),
			fmt.Sprintf("write it as in --%s 1:30:00", flag)}
	}
	number := func(text string) time.Duration {
		n, _ := strconv.Atoi(text) //nolint:errcheck // digits
		return time.Duration(n)
	}
	at := number(parts[2])*time.Hour + number(parts[3])*time.Minute + number(parts[4])*time.Second
	if parts[5] != "" {
		at += number((parts[5][1:] + "00")[:3]) * time.Millisecond
	}
	if parts[1] != "" {
		at = -at
	}
	return &at, nil
}

// parseShard reads I/N; the zero value: the flag was not given.
func parseShard(value string) (grade.Shard, error) {
	if value == "" {
		return grade.Shard{}, nil
	}
	const most = 10_000
	parts := regexp.MustCompile(`^(\d{1,5})/(\d{1,5})$`).FindStringSubmatch(value)
	if parts != nil {
		index, _ := strconv.Atoi(parts[1]) //nolint:errcheck // digits
		of, _ := strconv.Atoi(parts[2])    //nolint:errcheck // digits
		if 1 <= index && index <= of && of <= most {
			return grade.Shard{Index: index, Of: of}, nil
		}
	}
	return grade.Shard{}, &usageError{fmt.Sprintf("--shard %s: expected I/N with I from 1 to N", value),
		"write it as in --shard 1/4"}
}
