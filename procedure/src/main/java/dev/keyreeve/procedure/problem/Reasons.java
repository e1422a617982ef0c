package dev.keyreeve.procedure.problem;

import static dev.keyreeve.procedure.problem.Code.*;

/// The reasons that any call may meet before its procedure runs. What a procedure itself refuses
/// with, it declares beside itself.
public final class Reasons {
  public static final Reason MISSING_CREDENTIAL =
      new Reason(
          UNAUTHORIZED,
          "missing_credential",
          "This call needs a credential: a key as 'Authorization: Bearer <key>' or 'X-API-Key: <key>',"
              + " or the session of a signed-in person.");
  public static final Reason INVALID_KEY =
      new Reason(UNAUTHORIZED, "invalid_key", "The key is not valid.");
  public static final Reason KEY_EXPIRED =
      new Reason(UNAUTHORIZED, "key_expired", "The key has expired.");
  public static final Reason KEY_REVOKED =
      new Reason(UNAUTHORIZED, "key_revoked", "The key has been revoked.");
  public static final Reason KEY_NOT_YET_VALID =
      new Reason(UNAUTHORIZED, "key_not_yet_valid", "The key is not valid yet.");
  public static final Reason KEY_DISABLED =
      new Reason(FORBIDDEN, "key_disabled", "The key is deactivated.");
  public static final Reason ORG_SUSPENDED =
      new Reason(FORBIDDEN, "org_suspended", "The organisation is suspended.");
  public static final Reason WRONG_KEY_TYPE =
      new Reason(FORBIDDEN, "wrong_key_type", "This credential is not for this API.");
  public static final Reason IP_NOT_ALLOWED =
      new Reason(FORBIDDEN, "ip_not_allowed", "This address may not use the key.");
  public static final Reason RATE_LIMITED =
      new Reason(TOO_MANY_REQUESTS, "rate_limited", "Too many requests: wait and try again.");
  public static final Reason BATCH_EXCEEDS_LIMIT =
      new Reason(
          BAD_REQUEST,
          "batch_exceeds_limit",
          "The batch has more calls than the limit allows in a minute.");
  public static final Reason INSUFFICIENT_SCOPE =
      new Reason(FORBIDDEN, "insufficient_scope", "The key lacks the scope that this call needs.");
  public static final Reason INSUFFICIENT_ROLE =
      new Reason(FORBIDDEN, "insufficient_role", "Only a person with another role may do this.");
  public static final Reason OPERATOR_ONLY =
      new Reason(
          FORBIDDEN,
          "operator_only",
          "Only the command line of whoever runs this server may do this.");
  public static final Reason SESSION_ENDED =
      new Reason(UNAUTHORIZED, "session_ended", "The session is over: sign in again.");
  public static final Reason CROSS_SITE =
      new Reason(
          FORBIDDEN,
          "cross_site",
          "A request with a session cookie must come from the server's own pages, with X-CSRF-Token.");
  public static final Reason VERIFICATION_UNAVAILABLE =
      new Reason(
          SERVICE_UNAVAILABLE,
          "verification_unavailable",
          "The credential cannot be confirmed at the moment: try again.");

  public static final Reason MALFORMED_REQUEST =
      new Reason(BAD_REQUEST, "malformed_request", "The request is malformed.");
  public static final Reason MALFORMED_JSON =
      new Reason(PARSE_ERROR, "malformed_json", "The JSON is malformed.");
  public static final Reason INVALID_INPUT =
      new Reason(BAD_REQUEST, "invalid_input", "The input is not valid.");
  public static final Reason UNKNOWN_PROCEDURE =
      new Reason(NOT_FOUND, "unknown_procedure", "There is no such procedure.");
  public static final Reason UNKNOWN_ROUTE =
      new Reason(NOT_FOUND, "unknown_route", "There is nothing at this path.");
  public static final Reason METHOD_NOT_ALLOWED =
      new Reason(METHOD_NOT_SUPPORTED, "method_not_allowed", "This path has another method.");
  public static final Reason JSON_REQUIRED =
      new Reason(
          Code.UNSUPPORTED_MEDIA_TYPE, "json_required", "Send the body as application/json.");
  public static final Reason UNSUPPORTED_MEDIA_TYPE =
      new Reason(
          Code.UNSUPPORTED_MEDIA_TYPE,
          "unsupported_media_type",
          "This call takes content of other media types.");
  public static final Reason TOO_LARGE =
      new Reason(
          Code.PAYLOAD_TOO_LARGE, "too_large", "The request is larger than this call takes.");
  public static final Reason BATCH_TOO_LONG =
      new Reason(BAD_REQUEST, "batch_too_long", "A batch has at most 20 calls.");
  public static final Reason IDEMPOTENCY_KEY_REUSED =
      new Reason(
          UNPROCESSABLE_CONTENT,
          "idempotency_key_reused",
          "The idempotency key was used before, with another input.");
  public static final Reason IDEMPOTENCY_IN_PROGRESS =
      new Reason(
          CONFLICT,
          "idempotency_in_progress",
          "A call with this idempotency key is still being carried out: try again.");
  public static final Reason PRECONDITION_FAILED =
      new Reason(
          Code.PRECONDITION_FAILED,
          "precondition_failed",
          "It is no longer in the state that the call means: look again.");
  public static final Reason PRECONDITION_REQUIRED =
      new Reason(
          Code.PRECONDITION_REQUIRED,
          "precondition_required",
          "Say which state is meant: If-Match in REST, ifMatch elsewhere.");
  public static final Reason OVERLOADED =
      new Reason(SERVICE_UNAVAILABLE, "overloaded", "The server is busy: try again.");
  public static final Reason STORAGE_UNAVAILABLE =
      new Reason(
          SERVICE_UNAVAILABLE,
          "storage_unavailable",
          "Nothing was done, since the database cannot be reached: try again.");
  public static final Reason FAILED =
      new Reason(
          INTERNAL_SERVER_ERROR,
          "internal_error",
          "The server failed to carry this out. Quote the request id when you report it.");

  private Reasons() {}
}
