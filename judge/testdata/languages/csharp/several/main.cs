using System;
using System.IO;

class Program {
    static void Main() {
        var words = Console.ReadLine().Split(' ');
        Console.WriteLine(Help.Add(long.Parse(words[0]), long.Parse(words[1])) + long.Parse(File.ReadAllText("zero.txt")));
    }
}
