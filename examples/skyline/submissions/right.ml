let () =
  Scanf.scanf " %d" (fun n ->
      let heights = List.init n (fun _ -> Scanf.scanf " %d" Fun.id) in
      for level = List.fold_left max 1 heights downto 1 do
        print_endline (String.concat " " (List.map (fun h -> if h >= level then "#" else " ") heights))
      done)
