// An outside verifier of the public log. It shares nothing with the program it checks: trees and
// notes are those of golang.org/x/mod, the rest is written from the C2SP texts.
//
//	verifier check  BASE VKEY            fetches the whole log and checks it
//	verifier grown  BASE VKEY CHECKPOINT the same, and that it begins with an older checkpoint (a file)
//	verifier edits  BASE VKEY SEED COUNT the same, then so many edits of what was fetched, each refused
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// files is everything that was fetched, by its path.
type files map[string][]byte

func fetch(base, path string) ([]byte, http.Header) {
	answer, err := http.Get(base + "/" + path)
	must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err)
	if answer.StatusCode != 200 {
		panic(fmt.Sprintf("%s: %s", path, answer.Status))
	}
	return body, answer.Header
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// path is where C2SP puts a tile: Go's own form names the height too.
func path(tile tlog.Tile) string {
	old := tile.Path()
	if tile.L == -1 {
		return strings.Replace(old, "tile/8/data/", "tile/entries/", 1)
	}
	return strings.Replace(old, "tile/8/", "tile/", 1)
}

// tiles are all tiles and bundles that a log of this size must serve.
func tiles(size int64) []tlog.Tile {
	all := tlog.NewTiles(8, 0, size)
	for _, tile := range all {
		if tile.L == 0 {
			all = append(all, tlog.Tile{H: 8, L: -1, N: tile.N, W: tile.W})
		}
	}
	return all
}

// head is a checkpoint that was signed by the log.
type head struct {
	size int64
	root tlog.Hash
}

var strict = base64.StdEncoding.Strict()

// open reads a checkpoint in the only spelling that the form allows.
func open(text []byte, key note.Verifier) (head, error) {
	var read head
	for _, letter := range string(text) {
		if letter == utf8.RuneError || letter < ' ' && letter != '\n' {
			return read, errors.New("a letter that may not be in a note")
		}
	}
	opened, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return read, err
	}
	if len(opened.Sigs) != 1 {
		return read, errors.New("not signed once by the log")
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != key.Name() {
		return read, errors.New("not the three lines of this log's checkpoint")
	}
	read.size, err = strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(read.size, 10) != lines[1] || read.size < 0 {
		return read, errors.New("size")
	}
	root, err := strict.DecodeString(lines[2])
	if err != nil || len(root) != len(read.root) {
		return read, errors.New("root")
	}
	copy(read.root[:], root)
	// What stands below the text is signature lines and nothing else.
	rest := strings.TrimPrefix(string(text), opened.Text+"\n")
	if !strings.HasSuffix(rest, "\n") {
		return read, errors.New("the last line does not end")
	}
	for _, line := range strings.Split(strings.TrimSuffix(rest, "\n"), "\n") {
		parts := strings.Split(line, " ")
		if len(parts) != 3 || parts[0] != "—" || parts[1] == "" {
			return read, errors.New("signature line")
		}
		if blob, err := strict.DecodeString(parts[2]); err != nil || len(blob) < 5 {
			return read, errors.New("signature spelling")
		}
	}
	return read, nil
}

// reader hands tiles to x/mod, which checks each against the root.
type reader struct{ files }

func (r reader) Height() int                     { return 8 }
func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r reader) ReadTiles(asked []tlog.Tile) (found [][]byte, err error) {
	for _, tile := range asked {
		bytes, there := r.files[path(tile)]
		if !there {
			return nil, errors.New("no " + path(tile))
		}
		found = append(found, bytes)
	}
	return found, nil
}

func entries(bundle []byte) (all [][]byte, err error) {
	for len(bundle) > 0 {
		if len(bundle) < 2 {
			return nil, errors.New("half a length")
		}
		length := int(bundle[0])<<8 | int(bundle[1])
		if len(bundle) < 2+length {
			return nil, errors.New("half an entry")
		}
		all = append(all, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	return all, nil
}

// leaf is what an entry says.
type leaf struct {
	Form    string `json:"form"`
	Event   string `json:"event"`
	Organ   string `json:"organ"`
	Index   string `json:"index"`
	Subject string `json:"subject"`
	Version int64  `json:"version"`
	Prev    *int64 `json:"prev"`
	At      string `json:"at"`
	Sha256  string `json:"sha256"`
	Sm3     string `json:"sm3"`
	Reason  string `json:"reason"`
}

// check is the whole verification of what was fetched.
func check(all files, key note.Verifier) error {
	top, err := open(all["checkpoint"], key)
	if err != nil {
		return err
	}
	wanted := tiles(top.size)
	seen := 1
	var entry [][]byte
	var hashes []tlog.Hash
	for _, tile := range wanted {
		bytes, there := all[path(tile)]
		if !there {
			return errors.New("no " + path(tile))
		}
		seen++
		if tile.L != -1 {
			if len(bytes) != tile.W*tlog.HashSize {
				return errors.New("width of " + path(tile))
			}
			continue
		}
		own, err := entries(bytes)
		if err != nil || len(own) != tile.W {
			return errors.New("entries of " + path(tile))
		}
		entry = append(entry, own...)
	}
	before := ""
	for _, text := range entry {
		var said leaf
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&said); err != nil || said.Form != "gongkai-leaf/1" || said.At < before {
			return errors.New("what an entry says")
		}
		before = said.At
		hashes = append(hashes, tlog.RecordHash(text))
	}
	// Every tile is what the entries make it, and x/mod finds the same.
	level := hashes
	for l := 0; len(level) > 0; l++ {
		for n := 0; n*256 < len(level); n++ {
			end := min(len(level), n*256+256)
			made := []byte{}
			for _, hash := range level[n*256 : end] {
				made = append(made, hash[:]...)
			}
			at := path(tlog.Tile{H: 8, L: l, N: int64(n), W: end - n*256})
			if !bytes.Equal(made, all[at]) {
				return errors.New("hashes of " + at)
			}
		}
		var above []tlog.Hash
		for n := 0; (n+1)*256 <= len(level); n++ {
			above = append(above, over(level[n*256:n*256+256]))
		}
		level = above
	}
	if over(hashes) != top.root {
		return errors.New("root")
	}
	var asked []int64 // nothing, of a log without leaves
	for at := range entry {
		asked = append(asked, tlog.StoredHashIndex(0, int64(at)))
	}
	if len(asked) == 0 {
		return nil
	}
	found, err := tlog.TileHashReader(tlog.Tree{N: top.size, Hash: top.root}, reader{all}).ReadHashes(asked)
	if err != nil {
		return err
	}
	for at, hash := range found {
		if hash != hashes[at] {
			return errors.New("a leaf's hash")
		}
	}
	for name, text := range all {
		if index, is := strings.CutPrefix(name, "proof/"); is {
			at, err := strconv.Atoi(index)
			must(err)
			if err := proof(text, int64(at), entry[at], key); err != nil {
				return err
			}
			seen++
		}
	}
	if seen != len(all) {
		return errors.New("more than there should be")
	}
	return nil
}

// over is the root over hashes, after RFC 6962.
func over(hashes []tlog.Hash) tlog.Hash {
	switch len(hashes) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return hashes[0]
	}
	k := 1
	for k*2 < len(hashes) {
		k *= 2
	}
	return tlog.NodeHash(over(hashes[:k]), over(hashes[k:]))
}

// proof checks a file after C2SP tlog-proof.
func proof(text []byte, index int64, entry []byte, key note.Verifier) error {
	top, rest, is := strings.Cut(string(text), "\n\n")
	lines := strings.Split(top, "\n")
	if !is || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != fmt.Sprintf("index %d", index) {
		return errors.New("proof form")
	}
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := strict.DecodeString(line)
		if err != nil || len(hash) != tlog.HashSize {
			return errors.New("proof hash")
		}
		path = append(path, tlog.Hash(hash))
	}
	head, err := open([]byte(rest), key)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, head.size, head.root, index, tlog.RecordHash(entry))
}

// gather fetches the log as its checkpoint has it, and looks at how it is served.
func gather(base string, key note.Verifier) files {
	all := files{}
	get := func(path, kind, caching string) {
		body, headers := fetch(base, path)
		if headers.Get("Content-Type") != kind || !strings.Contains(headers.Get("Cache-Control"), caching) {
			panic(fmt.Sprintf("%s is served as %v", path, headers))
		}
		all[path] = body
	}
	get("checkpoint", "text/plain; charset=utf-8", "max-age=1")
	top, err := open(all["checkpoint"], key)
	must(err)
	for _, tile := range tiles(top.size) {
		get(path(tile), "application/octet-stream", "immutable")
	}
	for _, at := range []int64{0, 1, 127, 254, 255, 256, top.size / 2, top.size - 1} {
		if at >= 0 && at < top.size {
			all[fmt.Sprintf("proof/%d", at)], _ = fetch(base, fmt.Sprintf("gongkai-rizhi/%d.tlog-proof", at))
		}
	}
	return all
}

// grown checks that the log begins with an older one.
func grown(all files, older []byte, key note.Verifier) error {
	before, err := open(older, key)
	if err != nil {
		return err
	}
	now, err := open(all["checkpoint"], key)
	if err != nil || before.size == 0 {
		return err
	}
	hashes := tlog.TileHashReader(tlog.Tree{N: now.size, Hash: now.root}, reader{all})
	path, err := tlog.ProveTree(now.size, before.size, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(path, now.size, now.root, before.size, before.root)
}

// edit makes one change somewhere and says which.
func edit(all files, names []string, chance *rand.Rand, key note.Verifier, name string) string {
	pick := func(prefix string) string {
		for {
			if name := names[chance.Intn(len(names))]; strings.HasPrefix(name, prefix) {
				return name
			}
		}
	}
	on := func(path string, change func([]byte) []byte) { all[path] = change(bytes.Clone(all[path])) }
	text := func(change func(string) string) {
		where := "checkpoint"
		if chance.Intn(3) == 0 {
			where = pick("proof/")
		}
		on(where, func(old []byte) []byte { return []byte(change(string(old))) })
	}
	note := func(old string) (body, rest string) {
		at := strings.LastIndex(old, "\n\n")
		return old[:at+1], old[at+1:]
	}
	kinds := []struct {
		name string
		make func()
	}{
		{"a bit", func() {
			on(pick(""), func(b []byte) []byte { b[chance.Intn(len(b))] ^= 1 << chance.Intn(8); return b })
		}},
		{"a bit of a tile", func() {
			on(pick("tile/"), func(b []byte) []byte { b[chance.Intn(len(b))] ^= 1 << chance.Intn(8); return b })
		}},
		{"a bit of the checkpoint", func() {
			on("checkpoint", func(b []byte) []byte { b[chance.Intn(len(b))] ^= 1 << chance.Intn(8); return b })
		}},
		{"a bit of a proof", func() {
			on(pick("proof/"), func(b []byte) []byte { b[chance.Intn(len(b))] ^= 1 << chance.Intn(8); return b })
		}},
		{"cut off", func() {
			on(pick(""), func(b []byte) []byte { return b[:len(b)-1-chance.Intn(min(len(b), 64))] })
		}},
		{"something behind", func() {
			on(pick(""), func(b []byte) []byte { return append(b, byte(chance.Intn(256))) })
		}},
		{"a hash more", func() {
			on(pick("tile/0"), func(b []byte) []byte { return append(b, b[:32]...) })
		}},
		{"two hashes changed places", func() {
			on(pick("tile/0"), func(b []byte) []byte {
				n, m := 32*chance.Intn(len(b)/32), 32*chance.Intn(len(b)/32)
				for at := range 32 {
					b[n+at], b[m+at] = b[m+at], b[n+at]
				}
				return b
			})
		}},
		{"two entries changed places", func() {
			on(pick("tile/entries"), func(b []byte) []byte {
				own, err := entries(b)
				must(err)
				n, m := chance.Intn(len(own)), chance.Intn(len(own))
				own[n], own[m] = own[m], own[n]
				var made []byte
				for _, entry := range own {
					made = append(made, byte(len(entry)>>8), byte(len(entry)))
					made = append(made, entry...)
				}
				return made
			})
		}},
		{"a file gone", func() { delete(all, pick("tile/")) }},
		{"an older width", func() {
			on(pick("tile/"), func(b []byte) []byte { return b[:32*chance.Intn(max(1, len(b)/32))] })
		}},
		{"another tile's bytes", func() { all[pick("tile/")] = all[pick("tile/")] }},
		{"another size", func() {
			text(func(old string) string {
				body, rest := note(old)
				lines := strings.Split(body, "\n")
				at := len(lines) - 3
				size, err := strconv.Atoi(lines[at])
				must(err)
				lines[at] = strconv.Itoa(size + 1 - 2*chance.Intn(2))
				return strings.Join(lines, "\n") + rest
			})
		}},
		{"a leading zero", func() {
			text(func(old string) string {
				body, rest := note(old)
				lines := strings.Split(body, "\n")
				lines[len(lines)-3] = "0" + lines[len(lines)-3]
				return strings.Join(lines, "\n") + rest
			})
		}},
		{"carriage returns", func() {
			text(func(old string) string { return strings.Replace(old, "\n", "\r\n", 1+chance.Intn(5)) })
		}},
		{"another spelling of base64", func() {
			text(func(old string) string {
				at := strings.LastIndex(old, "=")
				letters := "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
				last := strings.IndexByte(letters, old[at-1])
				return old[:at-1] + string(letters[last^1]) + old[at:]
			})
		}},
		{"a further line", func() {
			text(func(old string) string { body, rest := note(old); return body + "more\n" + rest })
		}},
		{"another log's name", func() {
			text(func(old string) string { return strings.ReplaceAll(old, name, name+"x") })
		}},
		{"a stranger's signature", func() {
			text(func(old string) string {
				body, _ := note(old)
				signed := body[strings.LastIndex(strings.TrimSuffix(body, "\n"), "\n\n")+1:]
				signed = strings.TrimPrefix(signed, "\n")
				_, own, err := ed25519.GenerateKey(chance)
				must(err)
				id := key.KeyHash()
				blob := append([]byte{byte(id >> 24), byte(id >> 16), byte(id >> 8), byte(id)}, ed25519.Sign(own, []byte(signed))...)
				return body + "\n— " + name + " " + base64.StdEncoding.EncodeToString(blob) + "\n"
			})
		}},
		{"no signature", func() { text(func(old string) string { body, _ := note(old); return body + "\n" }) }},
		{"a proof of a neighbour", func() {
			on(pick("proof/"), func(b []byte) []byte {
				lines := strings.SplitN(string(b), "\n", 3)
				at, err := strconv.Atoi(strings.TrimPrefix(lines[1], "index "))
				must(err)
				lines[1] = fmt.Sprintf("index %d", at+1)
				return []byte(strings.Join(lines, "\n"))
			})
		}},
		{"a proof one hash short", func() {
			on(pick("proof/"), func(b []byte) []byte {
				lines := strings.Split(string(b), "\n")
				return []byte(strings.Join(append(lines[:2], lines[3:]...), "\n"))
			})
		}},
		{"a proof in another order", func() {
			on(pick("proof/"), func(b []byte) []byte {
				lines := strings.Split(string(b), "\n")
				lines[2], lines[3] = lines[3], lines[2]
				return []byte(strings.Join(lines, "\n"))
			})
		}},
	}
	one := kinds[chance.Intn(len(kinds))]
	one.make()
	return one.name
}

func edits(all files, key note.Verifier, seed int64, count int) {
	chance := rand.New(rand.NewSource(seed))
	var names []string
	for name := range all {
		names = append(names, name)
	}
	sortStrings(names)
	refused := map[string]int{}
	for made := 0; made < count; {
		changed := files{}
		for name, bytes := range all {
			changed[name] = bytes
		}
		kind := edit(changed, names, chance, key, key.Name())
		if same(all, changed) {
			continue
		}
		made++
		if err := check(changed, key); err == nil {
			panic(fmt.Sprintf("edit %d (%s) was accepted", made, kind))
		}
		refused[kind]++
	}
	fmt.Println("refused", count, "edits of", len(refused), "kinds")
}

func sortStrings(all []string) {
	for i := range all {
		for j := i; j > 0 && all[j] < all[j-1]; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
}

func same(a, b files) bool {
	if len(a) != len(b) {
		return false
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			return false
		}
	}
	return true
}

func main() {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintln(os.Stderr, "refused:", fault)
			os.Exit(1)
		}
	}()
	key, err := note.NewVerifier(os.Args[3])
	must(err)
	all := gather(os.Args[2], key)
	must(check(all, key))
	switch os.Args[1] {
	case "grown":
		older, err := os.ReadFile(os.Args[4])
		must(err)
		must(grown(all, older, key))
	case "edits":
		seed, err := strconv.ParseInt(os.Args[4], 10, 64)
		must(err)
		count, err := strconv.Atoi(os.Args[5])
		must(err)
		edits(all, key, seed, count)
	}
	top, err := open(all["checkpoint"], key)
	must(err)
	fmt.Println("accepted", top.size)
}
