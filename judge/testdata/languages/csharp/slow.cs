using System;

class Program
{
    static volatile bool forever = true;

    static void Main()
    {
        string[] words = Console.ReadLine().Split();
        long a = long.Parse(words[0]), b = long.Parse(words[1]);
        while (forever) { }
        Console.WriteLine(a + b);
    }
}
