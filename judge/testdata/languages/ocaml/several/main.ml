let () =
  let zero = Scanf.sscanf (input_line (open_in "zero.txt")) " %d" (fun x -> x) in
  Scanf.scanf " %d %d" (fun a b -> Printf.printf "%d\n" (Help.add a b + zero))
