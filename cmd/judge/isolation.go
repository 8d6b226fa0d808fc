package main

import (
	"errors"
	"strings"

	"github.com/urfave/cli/v2"

	"judge/isolate"
	"judge/isolate/lack"
)

// isolationFlag names the weakest isolation that is accepted. Only the user chooses it, and every report says which was
// had.
func isolationFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "isolation", EnvVars: []string{"JUDGE_ISOLATION"}, Value: isolate.Full.String(),
		Usage: "the weakest `LEVEL` of isolation to accept: " + strings.Join(isolate.Levels(), ", "),
	}
}

// exclusiveFlag asks for cores that nobody else uses. It changes what others on the host may do, so that it is never done unasked.
func exclusiveFlag() cli.Flag {
	return &cli.BoolFlag{Name: "exclusive", Usage: "keep every other process of this host off the cores that run tests", DisableDefaultText: true}
}

// openPool opens a pool on the cores, nil: on all, of which it has some to itself. For an ordinary user it starts this program anew: what was done
// before is done again.
func openPool(isolation string, cores, exclusive []int) (*isolate.Pool, error) {
	level, err := isolate.ParseLevel(isolation)
	if err != nil {
		return nil, &usageError{"--isolation: " + err.Error(), nearest(isolation, isolate.Levels())}
	}
	if err := isolate.EnterUserNamespace(level); err != nil {
		return nil, nameWaivers(err)
	}
	pool, err := isolate.Open(isolate.Config{Cores: cores, Exclusive: exclusive, Level: level})
	return pool, nameWaivers(err)
}

// nameWaivers adds to the fixes of an error the flags with which the user does without what the host lacks.
func nameWaivers(err error) error {
	var missing *isolate.LackError
	if !errors.As(err, &missing) {
		return err
	}
	for i := range missing.Lacks {
		switch l := &missing.Lacks[i]; l.Waiver {
		case lack.OwnUsers:
			l.Fix += "; or accept it with --isolation " + isolate.OneUser.String()
		case lack.OwnCores:
			l.Fix += "; or judge without --exclusive"
		}
	}
	return err
}
