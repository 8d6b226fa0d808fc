package main

import (
	"errors"
	"testing"
	"time"
)

func TestInvalidValuesAreRejected(t *testing.T) {
	for _, text := range []string{"nan", "NaN", "inf", "-inf", "0", "-0", "-1", "1e-12", "1e300", "1s", "x", " 1", "1,5"} {
		for kind, read := range map[string]func() error{
			"seconds": func() error { _, err := seconds("f", text); return err },
			"MiB":     func() error { _, err := mebibytes("f", text); return err },
			"count":   func() error { _, err := count("f", text, 1000); return err },
		} {
			var mistake *usageError
			if err := read(); !errors.As(err, &mistake) {
				t.Errorf("%s %q: %v", kind, text, err)
			}
		}
	}
}

func TestValuesAreTakenInTheirUnits(t *testing.T) {
	if got, err := seconds("t", "0.25"); got != 250*time.Millisecond || err != nil {
		t.Errorf("0.25 seconds are %v, %v", got, err)
	}
	if got, err := mebibytes("m", "1.5"); got != 3<<19 || err != nil {
		t.Errorf("1.5 MiB are %v, %v", got, err)
	}
	if got, err := count("j", "3", 4); got != 3 || err != nil {
		t.Errorf("3 is %v, %v", got, err)
	}
}
