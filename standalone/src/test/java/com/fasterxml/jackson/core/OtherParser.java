package com.fasterxml.jackson.core;

/** Stands for the Jackson that is not on the class path. */
public interface OtherParser {}
