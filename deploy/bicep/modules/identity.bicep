// The identity of the program: no password, trusted from one service account of one cluster, may read one workspace.
param location string
param name string
param issuer string
param serviceAccount string
param workspaceName string

// Built-in roles have the same ids everywhere.
var logAnalyticsReader = '73c42c96-874c-492b-b04d-ab87d138a893'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location

  resource trust 'federatedIdentityCredentials' = {
    name: 'aksinsights'
    properties: {
      issuer: issuer
      subject: 'system:serviceaccount:${serviceAccount}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: workspace
  name: guid(workspace.id, identity.id, logAnalyticsReader)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', logAnalyticsReader)
  }
}

output client string = identity.properties.clientId
output principal string = identity.properties.principalId
