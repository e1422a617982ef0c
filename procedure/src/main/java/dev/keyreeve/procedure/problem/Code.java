package dev.keyreeve.procedure.problem;

/// The kinds of problem, with their HTTP status (RFC 9110) and their JSON-RPC number as tRPC has
/// it.
public enum Code {
  PARSE_ERROR(400, -32700),
  BAD_REQUEST(400, -32600),
  UNAUTHORIZED(401, -32001),
  FORBIDDEN(403, -32003),
  NOT_FOUND(404, -32004),
  METHOD_NOT_SUPPORTED(405, -32005),
  CONFLICT(409, -32009),
  PRECONDITION_FAILED(412, -32012),
  PAYLOAD_TOO_LARGE(413, -32013),
  UNSUPPORTED_MEDIA_TYPE(415, -32015),
  UNPROCESSABLE_CONTENT(422, -32022),
  PRECONDITION_REQUIRED(428, -32028),
  TOO_MANY_REQUESTS(429, -32029),
  INTERNAL_SERVER_ERROR(500, -32603),
  SERVICE_UNAVAILABLE(503, -32603);

  private final int httpStatus;
  private final int rpcNumber;

  Code(int httpStatus, int rpcNumber) {
    this.httpStatus = httpStatus;
    this.rpcNumber = rpcNumber;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public int rpcNumber() {
    return rpcNumber;
  }
}
