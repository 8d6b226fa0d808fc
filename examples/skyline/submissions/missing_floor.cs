using System;
using System.Linq;

class Skyline
{
    static void Main()
    {
        Console.ReadLine();
        int[] heights = Console.ReadLine().Split().Select(int.Parse).ToArray();
        for (int level = Math.Max(1, heights.Max()); level > 1; level--) // the ground floor is left out
            Console.WriteLine(string.Join(" ", heights.Select(h => h >= level ? "#" : " ")));
    }
}
