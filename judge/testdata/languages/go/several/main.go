package main

import (
	"fmt"
	"os"
)

func main() {
	var a, b, zero int64
	file, err := os.Open("zero.txt")
	if err != nil {
		panic(err)
	}
	fmt.Fscan(file, &zero)
	fmt.Scan(&a, &b)
	fmt.Println(add(a, b) + zero)
}
