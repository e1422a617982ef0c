package dev.keyreeve.platform.service;

import dev.keyreeve.procedure.Api;
import java.util.List;

/// An API of a service, and the places where it answers.
public record ServedApi(Api api, List<Mounting> mountings) {
  public ServedApi {
    mountings = List.copyOf(mountings);
  }

  public static ServedApi at(Api api, Mounting... mountings) {
    return new ServedApi(api, List.of(mountings));
  }
}
