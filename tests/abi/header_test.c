/* The header given by HEADER, alone and twice. */
#include HEADER
#include HEADER

int main(void) { return 0; }
