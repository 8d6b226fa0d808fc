import Data.List (sortBy)

-- The largest coin that fits, again and again.
main :: IO ()
main = do
  _ : s : coins <- map read . words <$> getContents
  putStrLn (pay (sortBy (flip compare) coins) s 0)

pay :: [Int] -> Int -> Int -> String
pay _ 0 used = show used
pay [] _ _ = "impossible"
pay (coin : rest) left used
  | coin <= left = pay rest (left - coin) (used + 1)
  | otherwise = pay rest left used
