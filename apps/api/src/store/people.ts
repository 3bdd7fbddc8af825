const times = { createdAt: 'created_at', updatedAt: 'updated_at' };

/** Where better-auth finds the people: spread it into its options. */
export const peopleSchema = {
  user: { modelName: 'person', fields: { emailVerified: 'email_verified', ...times } },
  session: {
    modelName: 'person_session',
    fields: {
      userId: 'person_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...times,
    },
  },
  account: {
    modelName: 'person_credential',
    fields: {
      userId: 'person_id',
      accountId: 'provider_account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...times,
    },
  },
  verification: {
    modelName: 'person_verification',
    fields: { expiresAt: 'expires_at', ...times },
  },
} as const;
