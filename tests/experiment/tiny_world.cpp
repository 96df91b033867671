// The tests of the model keep the tiny world; here it is compiled for the tests of the experiment.
#include "model/tiny_world.cpp"
