import qualified Data.Set as Set

type Square = (Int, Int)

main :: IO ()
main = do
  rows <- tail . lines <$> getContents
  print (largest (Set.fromList [(y, x) | (y, row) <- zip [0 ..] rows, (x, '#') <- zip [0 ..] row]))

largest :: Set.Set Square -> Int
largest land = case Set.minView land of
  Nothing -> 0
  Just (square, _) ->
    let rest = flood square land
     in max (Set.size land - Set.size rest) (largest rest)

-- | What is left of the land without the island of this square.
flood :: Square -> Set.Set Square -> Set.Set Square
flood square@(y, x) land
  | square `Set.notMember` land = land
  | otherwise = foldr flood (Set.delete square land) [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]
