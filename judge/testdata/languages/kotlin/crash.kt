fun main() {
    val (a, b) = readLine()!!.split(" ").map { it.toLong() }
    if (a > 0) throw IllegalStateException("on purpose")
    println(a + b)
}
