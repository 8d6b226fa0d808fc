package main

import (
	"context"
	"errors"
	"testing"
)

func TestAReaderIsNotWaitedForAfterASignal(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	busy := make(chan bool) // closed at the end
	defer close(busy)
	cancel()
	if _, err := reading(ctx, func() (bool, error) { return <-busy, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, expected the interruption", err)
	}
}

func TestAReaderReturnsWhatItReads(t *testing.T) {
	fault := errors.New("fault")
	if n, err := reading(context.Background(), func() (int, error) { return 7, fault }); n != 7 || !errors.Is(err, fault) {
		t.Errorf("got %d, %v, expected 7 and the reader's error", n, err)
	}
}
