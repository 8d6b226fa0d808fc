package main

import "fmt"

func main() {
	var a, b int64
	fmt.Scan(&a, &b)
	for a+b != b+a+1 {
		a++
	}
	fmt.Println(a + b)
}
