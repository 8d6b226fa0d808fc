package checkers_test

import (
	"fmt"
	"strings"

	"judge/checkers"
)

func ExampleTokens() {
	tolerance, err := checkers.NewTolerance(1e-6, 1e-6)
	if err != nil {
		fmt.Println(err)
		return
	}
	answer, output := strings.NewReader("0.5 YES\n"), strings.NewReader("5e-1\nyes")
	check, err := checkers.Tokens{Tolerance: tolerance}.Check(answer, output)
	fmt.Println(check.Accepted, err)
	// Output: true <nil>
}
