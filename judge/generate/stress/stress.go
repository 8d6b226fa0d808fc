// Package stress looks for an input on which a submission fails: it draws random inputs, judges them, and shrinks the
// first that fails.
package stress
