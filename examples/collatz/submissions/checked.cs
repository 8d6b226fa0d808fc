using System;
using System.Text;

// An OverflowException that nobody catches: exit code 1.
class Hailstones
{
    static void Main()
    {
        int k = int.Parse(Console.ReadLine());
        for (; k > 0; k--)
        {
            int n = int.Parse(Console.ReadLine());
            var way = new StringBuilder().Append(n);
            while (n != 1)
            {
                n = n % 2 == 0 ? n / 2 : checked(3 * n + 1);
                way.Append(' ').Append(n);
            }
            Console.WriteLine(way);
        }
    }
}
