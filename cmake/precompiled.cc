// Carries the precompiled headers of cmake/targets.cmake; there is nothing else to compile.
int main() {}
