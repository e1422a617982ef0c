package dev.keyreeve.platform.datadirectory;

/// A data directory cannot be used. The message is a sentence for the person who starts the server.
public final class DataDirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataDirectoryException(String message) {
    super(message);
  }

  DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
