package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"syscall"
	"time"
)

// goJudge starts the server, which keeps prepared containers, and requests runs as in its documentation
// (https://docs.goj.ac/api). Each run copies the program into the container, as the server offers no other way.
func goJudge(path, dir, program string) (contender, error) {
	address, err := freeAddress()
	if err != nil {
		return contender{}, err
	}
	server := exec.Command(path, "-http-addr", address, "-silent", "-dir", dir)
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	if err := server.Start(); err != nil {
		return contender{}, err
	}
	stop := func() error {
		server.Process.Signal(syscall.SIGTERM)
		server.Wait() // its error is the signal
		return nil
	}
	request, err := json.Marshal(map[string]any{"cmd": []any{map[string]any{
		"args": []string{"trivial"},
		"files": []any{map[string]any{"content": ""}, map[string]any{"name": "stdout", "max": 4096},
			map[string]any{"name": "stderr", "max": 4096}},
		"cpuLimit": time.Second.Nanoseconds(), "memoryLimit": 256 << 20, "procLimit": 64,
		"copyIn": map[string]any{"trivial": map[string]any{"src": program}},
	}}})
	if err != nil {
		return contender{}, errors.Join(err, stop())
	}
	run := func(ctx context.Context) error { return askGoJudge(ctx, "http://"+address+"/run", request) }
	c := contender{"go-judge", "a server that keeps containers, asked over HTTP on loopback", run, stop}
	for range 100 { // until it listens
		if err = run(context.Background()); err == nil {
			return c, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return c, errors.Join(err, stop())
}

// askGoJudge requests one run.
func askGoJudge(ctx context.Context, url string, request []byte) error {
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(request))
	if err != nil {
		return err
	}
	post.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(post)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	var results []struct{ Status string }
	if err := json.Unmarshal(text, &results); err != nil || len(results) != 1 || results[0].Status != "Accepted" {
		return fmt.Errorf("%s: %s", response.Status, text)
	}
	return nil
}

// freeAddress returns an unused address on loopback.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}
