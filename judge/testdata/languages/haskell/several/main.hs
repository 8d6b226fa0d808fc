module Main where

import Help

main :: IO ()
main = do
  zero <- readFile "zero.txt"
  interact (\text -> show (foldl add (read zero) (map read (words text))) ++ "\n")
