let () =
  Scanf.scanf " %d %d" (fun h w ->
      let map = Array.init h (fun _ -> Scanf.scanf " %s" Bytes.of_string) in
      let rec size y x =
        if y < 0 || y >= h || x < 0 || x >= w || Bytes.get map.(y) x <> '#' then 0
        else begin
          Bytes.set map.(y) x '.';
          1 + size (y - 1) x + size (y + 1) x + size y (x - 1) + size y (x + 1)
        end
      in
      let most = ref 0 in
      for y = 0 to h - 1 do
        for x = 0 to w - 1 do
          most := max !most (size y x)
        done
      done;
      Printf.printf "%d\n" !most)
