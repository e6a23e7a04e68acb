import type { StreamError } from "./chatScript";

const error = (error_type: string, code: number, message: string, provider_code?: string): StreamError => ({
  code,
  message,
  error_type,
  provider_code,
});

/** Errors in the middle of an answer, by `error.metadata.error_type`: all that OpenRouter's guide names. */
export const streamErrors = {
  context_length_exceeded: error(
    "context_length_exceeded",
    400,
    "The input and output exceed the context window",
  ),
  max_tokens_exceeded: error("max_tokens_exceeded", 400, "max_tokens was reached"),
  token_limit_exceeded: error("token_limit_exceeded", 400, "A token budget was exceeded"),
  string_too_long: error("string_too_long", 400, "A text is too long"),
  authentication: error("authentication", 401, "User not found."),
  permission_denied: error("permission_denied", 403, "Permission denied"),
  payment_required: error("payment_required", 402, "Insufficient credits"),
  rate_limit_exceeded: error("rate_limit_exceeded", 429, "Rate limit exceeded", "rate_limited"),
  provider_overloaded: error(
    "provider_overloaded",
    503,
    "The provider is temporarily overloaded",
    "overloaded_error",
  ),
  provider_unavailable: error("provider_unavailable", 502, "Provider disconnected mid-stream"),
  invalid_request: error("invalid_request", 400, "A parameter is malformed"),
  invalid_prompt: error("invalid_prompt", 400, "A message is invalid"),
  not_found: error("not_found", 404, "Not found"),
  precondition_failed: error("precondition_failed", 412, "A precondition failed"),
  payload_too_large: error("payload_too_large", 413, "The request is too large"),
  unprocessable: error("unprocessable", 422, "The request can't be processed"),
  content_policy_violation: error("content_policy_violation", 400, "The output was flagged"),
  refusal: error("refusal", 400, "The model refused"),
  invalid_image: error("invalid_image", 400, "An image can't be read"),
  image_too_large: error("image_too_large", 400, "An image is too large"),
  image_too_small: error("image_too_small", 400, "An image is too small"),
  unsupported_image_format: error("unsupported_image_format", 400, "An image has an unknown format"),
  image_not_found: error("image_not_found", 404, "An image can't be found"),
  image_download_failed: error("image_download_failed", 400, "An image can't be downloaded"),
  server: error("server", 500, "Internal Server Error"),
  timeout: error("timeout", 504, "The provider timed out"),
  unmapped: error("unmapped", 500, "Internal Server Error"),
  /** As in OpenRouter's guide "Limits". */
  untyped: { code: 429, message: "Rate limit exceeded" },
  /** As in OpenRouter's guide of 2025. */
  named: { code: "server_error", message: "Provider disconnected unexpectedly" },
} satisfies Record<string, StreamError>;
