using System;
using System.Text;

class Hailstones
{
    static void Main()
    {
        int k = int.Parse(Console.ReadLine());
        var way = new StringBuilder();
        for (; k > 0; k--)
        {
            long n = long.Parse(Console.ReadLine());
            way.Append(n);
            while (n != 1)
            {
                n = n % 2 == 0 ? n / 2 : 3 * n + 1;
                way.Append(' ').Append(n);
            }
            way.Append('\n');
        }
        Console.Write(way);
    }
}
