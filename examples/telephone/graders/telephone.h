#include <string>

std::string send(int n);
int receive(std::string message);
